"""Notes on their way to the store, in groups: bounded, in order, none lost without a word."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from auth.audit.acts import Act
from auth.audit.chain import NEW, Chain, End
from auth.audit.entry import Entry, Noted, entry_of
from auth.vault import Vault

MOST_WAITING = 20_000
"""Some megabytes: what a busy gateway notes in minutes."""
_LARGEST_GROUP = 500
_MOST_NAMES = 20_000

_log = structlog.get_logger(__name__)


class Groups:
    """One per process. ``wake`` is set while something waits.

    While the store is away the first notes are kept and later ones dropped: what somebody did before cannot be washed
    out by noise after. How many were dropped stands in the chain behind those kept, and in the log at once.
    """

    def __init__(self, chain: Chain, vault: Vault, most: int = MOST_WAITING) -> None:
        self.wake = asyncio.Event()
        self.end: End = NEW
        self.written = 0
        self.lost = 0  # since the start
        self._chain = chain
        self._pseudonym = _remembering(vault.pseudonym)
        self._most = most
        self._noted: deque[Noted] = deque()
        self._reads: dict[tuple[object, ...] | None, Noted] = {}
        self._entries: deque[Entry] = deque()
        self._group: list[Entry] = []
        self._lost = 0
        self._writing = asyncio.Lock()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._noted) + len(self._entries) + len(self._group)

    def add(self, noted: Noted) -> None:
        """Let a note wait; a read of the same people's same data by the same asker counts in the one that waits."""
        reads = noted.act is Act.READ_PERSONAL
        key = (noted.who, noted.client_id, noted.persons, str(noted.facts)) if reads else None
        if key in self._reads:
            self._reads[key].facts["times"] = self._reads[key].facts.get("times", 1) + 1
            return
        if len(self._noted) + len(self._entries) >= self._most:
            self._lose(noted.act.name, noted.trace_id)
            return
        self._noted.append(noted)
        if key is not None:
            self._reads[key] = noted
        self.wake.set()

    async def write(self) -> None:
        """Write all that waits; raises ``StoreUnavailableError``, and it goes on waiting."""
        async with self._writing:
            while self._next():
                try:
                    self.end = await self._chain.append(self._group)
                except SQLAlchemyError as error:
                    await self._one_by_one(error)
                self.written += len(self._group)
                self._group = []

    def _next(self) -> bool:
        """Whether there is a group to write; one that failed comes again as it was (see ``Chain.append``)."""
        self._reads.clear()
        while self._noted:
            self._entries.append(entry_of(self._noted.popleft(), self._pseudonym))
        if not self._group:
            if not self._entries and self._lost:
                count, self._lost = self._lost, 0
                lost = Noted(time.time(), Act.AUDIT_LOST, None, None, None, None, {"entries": count})
                self._entries.append(entry_of(lost, self._pseudonym))
            self._group = [self._entries.popleft() for _ in range(min(len(self._entries), _LARGEST_GROUP))]
        return bool(self._group)

    async def _one_by_one(self, error: SQLAlchemyError) -> None:
        """The database refuses the group for what stands in it: then one entry must not take the others along."""
        if len(self._group) == 1:
            _log.error("an audit entry cannot be written", fault=error)
            self._lose(self._group[0].act, self._group[0].trace_id)
            return
        group, self._group = self._group, []
        for at, entry in enumerate(group):
            self._group = [entry]
            try:
                self.end = await self._chain.append(self._group)
            except SQLAlchemyError as again:
                await self._one_by_one(again)
            except BaseException:
                self._entries.extendleft(reversed(group[at + 1 :]))
                raise

    def _lose(self, act: str, trace_id: str | None) -> None:
        self._lost += 1
        self.lost += 1
        self.wake.set()
        _log.warning("an audit entry was lost", act=act, trace_id=trace_id, lost=self._lost)


def _remembering(pseudonym: Callable[[str], str]) -> Callable[[str], str]:
    """The same, remembering the last of them: the members of a page are looked at again and again."""
    known: dict[str, str] = {}

    def found(name: str) -> str:
        if name not in known:
            if len(known) >= _MOST_NAMES:
                known.clear()
            known[name] = pseudonym(name)
        return known[name]

    return found
