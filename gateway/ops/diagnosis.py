"""Why one platform is not well: the kind of failure that was seen most just now, and since when.

One per platform; looked at every second. A kind that shows up once among others does not become the cause: the most
frequent of the last half minute is, so that the sentence on the page stands still long enough to be read.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from connectors.causes import CauseKind
from connectors.records.health import ConnectorStatus
from gateway.health.brief import Brief
from gateway.health.watch import Watch
from gateway.ops.breakers import held_open
from gateway.ops.cause_words import BY_HAND, UNKNOWN, WORDS, Where

LOOKED_BACK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Cause:
    """``kind`` is a ``CauseKind``, or one of ``cause_words``' own."""

    kind: str
    since: datetime

    @property
    def where(self) -> Where:
        """Who has to mend it."""
        return WORDS[self.kind].where


class Diagnosis:
    """Lives as long as the platform's watch."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.cause: Cause | None = None

    def look(self) -> Brief:
        """Judge again, and answer what was judged by."""
        health = self.watch.brief()
        kind = self._kind(health)
        if kind is None:
            self.cause = None
        elif self.cause is None:
            self.cause = Cause(kind, self.watch.wall_now() if kind == BY_HAND else health.since)
        elif kind != self.cause.kind:
            self.cause = Cause(kind, self.watch.wall_now())
        return health

    def _kind(self, health: Brief) -> str | None:
        if not health.configured:
            return CauseKind.NOT_CONFIGURED.value
        if health.status is ConnectorStatus.UP:
            return BY_HAND if held_open(self.watch) else None
        seen = self.watch.meter.causes
        now = self.watch.meter.now()
        lately = Counter(kind.value for at, kind in seen if now - at <= LOOKED_BACK_SECONDS)
        if not lately:
            return seen[-1][1].value if seen else UNKNOWN
        current = self.cause.kind if self.cause is not None else None
        most = max(lately.values())
        return current if current is not None and lately[current] == most else lately.most_common(1)[0][0]
