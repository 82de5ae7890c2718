"""Computes every chain again, and holds it against all that was signed or written down of it elsewhere."""

import enum
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit.acts import Act
from auth.audit.anchors import CHAINS
from auth.audit.checkpoints import Checkpoint, checkpoints_of
from auth.audit.entry import BEFORE_ALL, Entry, digest_of, suite_of
from auth.store.database import Database
from auth.store.tables import AuditCheckpointRow, AuditEntryRow
from auth.vault import Vault

_AT_ONCE = 1000
_COLUMNS = Entry.__struct_fields__


class Fault(enum.Enum):
    """What can be wrong with a chain."""

    CHANGED = "the entry is not what was written, or does not follow the one before"
    MISSING = "entries before this one are missing"
    NO_BEGINNING = "entries before this one are missing, and no signed checkpoint says that they were pruned"
    NO_END = "an entry that was signed, or written down by another chain, is missing"
    OTHERWISE_SIGNED = "the signed checkpoint says another digest"
    OTHERWISE_ANCHORED = "another chain has written down another digest"
    NOT_OURS = "the checkpoint is not signed by a key of ours"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is wrong. ``told_by``: the chain that wrote otherwise."""

    number: int
    fault: Fault
    told_by: str | None = None


@dataclass(slots=True)
class Verdict:
    """Of one chain: how much of it is there, what proves it, and where it is broken first; None: nowhere."""

    chain: str
    entries: int = 0
    first: int | None = None
    last: int | None = None
    checkpoints: int = 0
    anchors: int = 0
    broken: Broken | None = None


@dataclass(slots=True)
class _Claims:
    """What is said of one chain outside its entries: by checkpoints, and by other chains (number → digest, by whom)."""

    signed: list[Checkpoint] = field(default_factory=list)
    anchored: dict[int, tuple[str, str]] = field(default_factory=dict)


async def verify(database: Database, vault: Vault) -> list[Verdict]:
    """Look at every chain, in the order of their names; raises ``StoreUnavailableError``."""
    claims = await database.read(partial(_claims, vault=vault))  # first: what is written meanwhile is newer than they
    return [await _Reading(chain, claims[chain], database).verdict() for chain in sorted(claims)]


async def _claims(session: AsyncSession, vault: Vault) -> Mapping[str, _Claims]:
    claims: dict[str, _Claims] = {}
    for table in (AuditCheckpointRow, AuditEntryRow):
        claims |= {chain: _Claims() for chain in await session.scalars(select(table.chain).distinct())}
    anchoring = select(AuditEntryRow).where(AuditEntryRow.act == Act.AUDIT_ANCHORED.name)
    for row in await session.scalars(anchoring):
        for chain, (number, digest) in json.loads(row.facts).get(CHAINS, {}).items():
            claims.setdefault(chain, _Claims()).anchored[number] = (digest, row.chain)
    for chain, known in claims.items():
        known.signed = await checkpoints_of(session, chain, vault)
    return claims


class _Reading:
    """One chain, from its first entry to its last."""

    def __init__(self, chain: str, claims: _Claims, database: Database) -> None:
        self._database = database
        self._verdict = Verdict(chain, checkpoints=len(claims.signed), anchors=len(claims.anchored))
        self._signed = {one.number: one for one in claims.signed}
        self._anchored = claims.anchored
        self._number = 0
        self._digest = BEFORE_ALL

    async def verdict(self) -> Verdict:
        told = self._verdict
        forged = next((one.number for one in self._signed.values() if one.proved is None), None)
        if forged is not None:
            told.broken = Broken(forged, Fault.NOT_OURS)
        async for row in self._rows():
            told.broken = told.broken or self._wrong(row)
            told.first, told.last = told.first or row.number, row.number
            told.entries += 1
            self._number, self._digest = row.number, row.digest
        claimed = max((*self._signed, *self._anchored), default=0)
        if told.broken is None and claimed > self._number and not self._all_pruned(claimed):
            told.broken = Broken(self._number + 1, Fault.NO_END, self._anchored.get(claimed, (None, None))[1])
        return told

    def _all_pruned(self, claimed: int) -> bool:
        """Whether no entry is left, because all were old."""
        last = max((number for number, one in self._signed.items() if one.proved == "pruned"), default=0)
        return self._verdict.entries == 0 and last >= claimed

    def _wrong(self, row: AuditEntryRow) -> Broken | None:
        if row.number != self._number + 1:
            before = self._signed.get(row.number - 1)
            if self._number or before is None or before.proved != "pruned":
                return Broken(row.number, Fault.MISSING if self._number else Fault.NO_BEGINNING)
            self._digest = before.digest
        entry = Entry(*(getattr(row, name) for name in _COLUMNS))
        suite = suite_of(row.digest)
        if suite is None or digest_of(suite, row.chain, row.number, entry, self._digest) != row.digest:
            return Broken(row.number, Fault.CHANGED)
        if row.number in self._signed and self._signed[row.number].digest != row.digest:
            return Broken(row.number, Fault.OTHERWISE_SIGNED)
        digest, by = self._anchored.get(row.number, (row.digest, None))
        return None if digest == row.digest else Broken(row.number, Fault.OTHERWISE_ANCHORED, by)

    async def _rows(self) -> AsyncIterator[AuditEntryRow]:
        """Every entry in its order, some at a time."""
        row, number = AuditEntryRow, -1
        while True:
            some = select(row).where(row.chain == self._verdict.chain, row.number > number).order_by(row.number)
            rows = await self._database.read(partial(_fetched, wanted=some.limit(_AT_ONCE)))
            for one in rows:
                yield one
            if len(rows) < _AT_ONCE:
                return
            number = rows[-1].number


async def _fetched(session: AsyncSession, *, wanted: Select[AuditEntryRow]) -> Sequence[AuditEntryRow]:
    return (await session.scalars(wanted)).all()
