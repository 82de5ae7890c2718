"""Grants as they lie in the store."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from auth.authorization.families import Family
from auth.authorization.grant import Grant
from auth.authorization.lifetimes import Lifetimes
from auth.client import Client, GrantType
from auth.proof import Proof
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import GrantRow
from auth.vault import Vault
from connectors.viewer import Scope


class Facts(msgspec.Struct, frozen=True):
    """What stands in ``code_facts``: whom the tokens are for, what the code is bound to, when its session ends."""

    audience: str
    redirect_uri: str = ""
    challenge: str = ""
    nonce: str | None = None
    session_ends_at: float | None = None

    @property
    def written(self) -> str:
        """As it is stored."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def of(cls, row: GrantRow) -> "Facts":
        """Those of a grant."""
        return msgspec.json.decode(row.code_facts or "", type=cls)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Something that is good for once came again: the grant has to end with all its tokens."""

    row: GrantRow
    refusal: Refusal


def new_row(client: Client, person_id: str, scopes: frozenset[Scope], proof: Proof) -> GrantRow:
    """A grant that begins; what it begins with is still to be set."""
    return GrantRow(
        id=f"g_{secrets.token_hex(16)}",
        client_id=client.client_id,
        person_id=person_id,
        scopes=frozenset(scope.value for scope in scopes),
        level=proof.level,
        methods=frozenset(proof.methods),
        proved_at=datetime.fromtimestamp(proof.at, UTC),
        offline=Scope.OFFLINE_ACCESS in scopes and GrantType.REFRESH_TOKEN in client.grants,
        counter=0,
        created_at=now(),
    )


def begin_family(
    row: GrantRow, client: Client, vault: Vault, lifetimes: Lifetimes, session_ends_at: datetime | None
) -> str | None:
    """Begin a grant's refresh tokens, where the client may have them, and say how long the grant lives."""
    moment = now()
    if GrantType.REFRESH_TOKEN not in client.grants:
        row.expires_at = lifetimes.unrefreshable(moment, client)
        return None
    family, row.sealed_family_key = Family.new(row.id, vault)
    row.counter, row.rotated_at = 1, moment
    row.expires_at = lifetimes.refreshable(
        moment, begun_at=row.created_at, offline=row.offline, session_ends_at=session_ends_at
    )
    return family.token(row.counter)


def grant_from(
    row: GrantRow,
    *,
    scopes: frozenset[Scope],
    audience: str,
    nonce: str | None = None,
    refresh_token: str | None = None,
) -> Grant:
    """Read a grant for tokens of these scopes, which may be fewer than it has."""
    return Grant(
        id=row.id,
        client_id=row.client_id,
        person_id=row.person_id,
        sid=row.sid,
        scopes=scopes,
        proof=Proof(int(row.proved_at.timestamp()), row.level, tuple(sorted(row.methods))),
        audience=audience,
        jkt=row.dpop_jkt,
        nonce=nonce,
        refresh_token=refresh_token,
    )
