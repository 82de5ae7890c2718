"""Signed words on where a chain stood.

Whoever can write to the database could make a whole chain anew: its hashes are no secret. What they cannot make is our
signature. Which key signs follows ``auth.cryptography``, and those of the other kind stay good. A key counts only if
the store's sealed private half opens with our secret and is the key it says.
"""

from datetime import datetime
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth import sm2
from auth.audit.chain import End
from auth.audit.keys import TYPE, CheckpointKey, opened
from auth.foreign import ForeignTokenError, foreign_from
from auth.store.moments import now
from auth.store.tables import AuditCheckpointRow, AuditEntryRow, SigningKeyRow
from auth.vault import Vault

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


class Signed(NamedTuple):
    """A checkpoint to be stored: the columns of its row."""

    chain: str
    number: int
    digest: str
    at: datetime
    kid: str
    signature: str


async def signed(key: CheckpointKey, chain: str, end: End, kind: Kind) -> Signed:
    """Make a checkpoint: JSON of ``Stood``, signed as a JWS in the compact form by ES256 or SM2 (``auth.sm2``)."""
    stood = msgspec.json.encode(Stood(chain, end.number, end.digest, kind))
    return Signed(chain, end.number, end.digest, now(), key.kid, await key.signed(stood))


async def keep(session: AsyncSession, made: Signed, kind: Kind) -> None:
    """Store a checkpoint; one that is there already stays, unless this one says more."""
    known = await session.get(AuditCheckpointRow, (made.chain, made.number))
    if known is None:
        session.add(AuditCheckpointRow(**made._asdict()))
    elif kind == "pruned":
        known.digest, known.at, known.kid, known.signature = made.digest, made.at, made.kid, made.signature


async def checkpoints_of(session: AsyncSession, chain: str, vault: Vault) -> list[Checkpoint]:
    """Read a chain's checkpoints in their order, each held against its signature.

    Of those by a slow key only the last one is, and those that say otherwise than the entry they are about: the last
    one's digest hangs on all entries before, and so proves the others right that agree with theirs.
    """
    row, entry = AuditCheckpointRow, AuditEntryRow
    agreeing = (entry.chain == row.chain) & (entry.number == row.number) & (entry.digest == row.digest)
    found = await session.execute(
        select(row, entry.number).outerjoin(entry, agreeing).where(row.chain == chain).order_by(row.number.desc())
    )
    keys: dict[str, CheckpointKey | None] = {}
    read: list[Checkpoint] = []
    for one, agrees in found:
        if one.kid not in keys:
            stored = await session.get(SigningKeyRow, one.kid)
            keys[one.kid] = None if stored is None else opened(stored, vault)
        key = keys[one.kid]
        is_covered = bool(read) and agrees is not None and key is not None and key.is_slow
        read.append(Checkpoint(one.number, one.digest, "end" if is_covered else await _proved(one, key)))
    return read[::-1]


async def _proved(row: AuditCheckpointRow, key: CheckpointKey | None) -> Kind | None:
    try:
        checkpoint = foreign_from(row.signature, also=(sm2.ALGORITHM,))
        stood = checkpoint.claims(Stood)
    except ForeignTokenError:
        return None
    says = (stood.chain, stood.number, stood.digest) == (row.chain, row.number, row.digest)
    if key is None or not says or checkpoint.header.get("typ") != TYPE:
        return None
    return stood.kind if await key.verifies(checkpoint) else None
