"""Makes episodes out of what this replica sees, second by second, and stores them when the store is there.

What is only degraded has to stay so for a while before it is an incident: one call that failed is none.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from auth.store.moments import now
from connectors.guarding.guard import Moved
from connectors.records.health import ConnectorStatus
from gateway.ops.headline import ILL
from gateway.ops.incidents.episode import ALL, Episode, Line, Trouble
from gateway.ops.incidents.lines import breaker_line, cause_line, status_line, wider_line
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.kept_shapes import IncidentTold

DEGRADED_FOR = timedelta(seconds=10)
_REMEMBERED_MOVES = timedelta(seconds=60)
_RENEW_SECONDS = 10.0
_RECENT = timedelta(days=7)
_MOST_RECENT = 20
_REREAD_SECONDS = 5.0
_SWEEP_SECONDS = 600.0
_MOST_WAITING = 200


class Keeper:
    """One per process."""

    def __init__(self, store: IncidentStore, keep_days: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.recent = list[IncidentTold]()
        self._store = store
        self._keep_days = keep_days
        self._clock = clock
        self._open: dict[str, Episode] = {}
        self._over: deque[Episode] = deque(maxlen=_MOST_WAITING)
        self._moves: deque[tuple[str, Line]] = deque(maxlen=_MOST_WAITING)
        self._statuses: Mapping[str, ConnectorStatus] = {}
        self._read_at = self._swept_at = float("-inf")

    def moved(self, moved: Moved) -> None:
        """A breaker moved by itself."""
        line = breaker_line(moved, now())
        self._moves.append((moved.platform, line))
        episode = self._open.get(moved.platform) or self._open.get(ALL)
        if episode is not None:
            episode.lines.append(line)

    def note(self, troubles: Sequence[Trouble], statuses: Mapping[str, ConnectorStatus]) -> None:
        """What is not well now, all of it, and how each platform is. Stores nothing yet."""
        moment = now()
        current = {one.scope: one for one in troubles if one.scope in self._open or _lasts(one, moment)}
        for scope, trouble in current.items():
            episode = self._open.get(scope)
            if episode is None:
                self._begin(trouble, statuses, moment)
                continue
            if trouble.kind != episode.trouble.kind:
                episode.lines.append(cause_line(trouble, moment))
            if statuses.get(scope) is not self._statuses.get(scope) and scope in statuses:
                episode.lines.append(status_line(statuses[scope], moment))
            worse = ILL if ILL in {trouble.level, episode.trouble.level} else trouble.level
            episode.trouble = trouble._replace(level=worse, since=episode.trouble.since)
        for scope in self._open.keys() - current.keys():
            self._end(scope, moment, wider=ALL in current and scope in statuses)
        self._statuses = dict(statuses)

    async def tend(self) -> None:
        """Store what is new, and read what others stored. Raises ``StoreUnavailableError``: it waits then."""
        while self._over:
            await self._store.keep(self._over[0])
            self._over.popleft()
            self._read_at = float("-inf")
        for episode in list(self._open.values()):
            await self._stored(episode)
        if self._clock() - self._swept_at >= _SWEEP_SECONDS:
            await self._store.sweep(self._keep_days)
            self._swept_at = self._clock()
        if self._clock() - self._read_at >= _REREAD_SECONDS:
            await self._store.forsaken()
            self.recent = await self._store.since(now() - _RECENT, _MOST_RECENT)
            self._read_at = self._clock()

    async def add(self, platform: str, line: Line) -> None:
        """Add what somebody did to the incident it belongs to, if there is one. Raises ``StoreUnavailableError``."""
        await self._store.note((platform, ALL), line)
        self._read_at = float("-inf")

    def _begin(self, trouble: Trouble, statuses: Mapping[str, ConnectorStatus], moment: datetime) -> None:
        lines = [cause_line(trouble, trouble.since)]
        if trouble.scope in statuses:
            lines.append(status_line(statuses[trouble.scope], moment))
        since = moment - _REMEMBERED_MOVES
        lines += [line for platform, line in self._moves if platform == trouble.scope and line.at >= since]
        self._open[trouble.scope] = Episode(trouble, lines)

    def _end(self, scope: str, moment: datetime, *, wider: bool) -> None:
        episode = self._open.pop(scope)
        episode.ended = moment
        if wider:
            episode.lines.append(wider_line(moment))
        self._over.append(episode)

    async def _stored(self, episode: Episode) -> None:
        if not episode.lines and self._clock() - episode.stored_at < _RENEW_SECONDS:
            return
        lines = list(episode.lines)
        episode.incident_id = await self._store.keep(episode)
        del episode.lines[: len(lines)]
        episode.stored_at = self._clock()
        if lines:
            self._read_at = float("-inf")


def _lasts(trouble: Trouble, moment: datetime) -> bool:
    return trouble.level == ILL or moment - trouble.since >= DEGRADED_FOR
