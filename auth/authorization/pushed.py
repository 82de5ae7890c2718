"""Pushed authorization requests (RFC 9126): sent by the client itself, so that no browser can change them."""

import json
import secrets
from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authorization.parameters import Parameters
from auth.authorization.sealing import packed, unpacked
from auth.client import Client
from auth.settings import GrantSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import PushedRequestRow
from auth.vault import Vault

PREFIX = "urn:ietf:params:oauth:request_uri:"
_LONGEST = 200
_USED = (
    update(PushedRequestRow)
    .where(PushedRequestRow.digest == bindparam("which"), PushedRequestRow.used_at.is_(None))
    .values(used_at=bindparam("moment"))
    .returning(PushedRequestRow.digest)
)


class PushedRequests:
    """One per process; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, database: Database, vault: Vault, settings: GrantSettings) -> None:
        self._database = database
        self._vault = vault
        self.lasts_s = settings.pushed_request_s

    async def push(self, client: Client, parameters: Parameters) -> str:
        """Keep a request and answer its ``request_uri``: 256 random bits, for this client, once."""
        reference = secrets.token_urlsafe(32)
        digest = self._vault.digest(reference)
        row = PushedRequestRow(
            digest=digest,
            client_id=client.client_id,
            sealed_parameters=self._vault.seal(json.dumps(packed(parameters)), f"pushed request {digest}"),
            expires_at=now() + timedelta(seconds=self.lasts_s),
            used_at=None,
        )

        async def kept(session: AsyncSession) -> None:
            session.add(row)

        await self._database.write(kept)
        return PREFIX + reference

    async def read(self, request_uri: str, client: Client) -> tuple[str, Parameters] | None:
        """Read a request and its digest; None for one that is not this client's, was used or has ended."""
        digests = self._vault.digests(request_uri[:_LONGEST].removeprefix(PREFIX))
        mine = (PushedRequestRow.digest.in_(digests)) & (PushedRequestRow.client_id == client.client_id)
        row = await self._database.read(lambda session: session.scalar(select(PushedRequestRow).where(mine)))
        if row is None or row.used_at is not None or row.expires_at <= now():
            return None
        return row.digest, unpacked(
            json.loads(self._vault.unseal(row.sealed_parameters, f"pushed request {row.digest}"))
        )

    @staticmethod
    async def use_up(session: AsyncSession, digest: str) -> bool:
        """Use a request up inside the transaction that gives its code; False when another was first."""
        return await session.scalar(_USED, {"which": digest, "moment": now()}) is not None
