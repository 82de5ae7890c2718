"""Signed words on where a chain stood.

Whoever can write to the database could make a whole chain anew: its hashes are no secret. What they cannot make is our
signature. A checkpoint is signed with the newest signing key; a key counts only if the store's sealed private half
opens with our secret and is the key it says.
"""

import json
from typing import Literal, NamedTuple

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit.chain import End
from auth.keys import ALGORITHM
from auth.store.moments import now
from auth.store.tables import AuditCheckpointRow, SigningKeyRow
from auth.vault import SealBrokenError, Vault

TYPE = "tongxin-audit+jws"  # no token is of this type, and nothing of this type is a token
Kind = Literal["end", "pruned"]


class Stood(msgspec.Struct, frozen=True):
    """What is signed. ``pruned``: the entries up to here were deleted because they were old; else they were there."""

    chain: str
    number: int
    digest: str
    kind: Kind


class Checkpoint(NamedTuple):
    """A stored checkpoint, read and proved. ``proved`` is None where the signature is not ours."""

    number: int
    digest: str
    proved: Kind | None


def signed(key: ECKey, chain: str, end: End, kind: Kind) -> AuditCheckpointRow:
    """Make the row of a checkpoint."""
    stood = msgspec.json.encode(Stood(chain, end.number, end.digest, kind))
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": str(key.kid)}
    signature = jws.serialize_compact(header, stood, key, algorithms=[ALGORITHM])
    return AuditCheckpointRow(
        chain=chain, number=end.number, digest=end.digest, at=now(), kid=str(key.kid), signature=signature
    )


async def keep(session: AsyncSession, row: AuditCheckpointRow, kind: Kind) -> None:
    """Store a checkpoint; one that is there already stays, unless this one says more."""
    known = await session.get(AuditCheckpointRow, (row.chain, row.number))
    if known is None:
        session.add(row)
    elif kind == "pruned":
        known.digest, known.at, known.kid, known.signature = row.digest, row.at, row.kid, row.signature


async def checkpoints_of(session: AsyncSession, chain: str, vault: Vault) -> list[Checkpoint]:
    """Read a chain's checkpoints in their order, each held against its signature."""
    rows = await session.scalars(
        select(AuditCheckpointRow).where(AuditCheckpointRow.chain == chain).order_by(AuditCheckpointRow.number)
    )
    keys: dict[str, ECKey | None] = {}
    found = []
    for row in rows:
        if row.kid not in keys:
            keys[row.kid] = await _key(session, row.kid, vault)
        found.append(Checkpoint(row.number, row.digest, _proved(row, keys[row.kid])))
    return found


def _proved(row: AuditCheckpointRow, key: ECKey | None) -> Kind | None:
    if key is None:
        return None
    try:
        read = jws.deserialize_compact(row.signature.encode(), key, algorithms=[ALGORITHM])
        stood = msgspec.json.decode(read.payload, type=Stood)
    except (JoseError, msgspec.MsgspecError, ValueError):
        return None
    says = (stood.chain, stood.number, stood.digest) == (row.chain, row.number, row.digest)
    return stood.kind if says and read.headers().get("typ") == TYPE else None


async def _key(session: AsyncSession, kid: str, vault: Vault) -> ECKey | None:
    """The public half of a signing key, a retired one too; None for one that is none of ours."""
    row = await session.get(SigningKeyRow, kid)
    if row is None:
        return None
    try:
        key = ECKey.import_key(json.loads(vault.unseal(row.sealed_private_jwk, f"signing key {kid}")))
    except (SealBrokenError, JoseError, ValueError):
        return None
    return key if key.thumbprint() == kid else None
