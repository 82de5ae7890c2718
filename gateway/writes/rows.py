"""Writes and effects as the store hands them out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from connectors.records.effect import EffectKind, EffectStatus
from connectors.tracing import Cause
from connectors.viewer import Viewer


class Wanted(NamedTuple):
    """What is asked for.

    ``asked``: as the caller asked for it, by which the same is told again; ``request``: the act's record, with what was
    read for it; both JSON. ``key`` is the caller's idempotency key. ``alone_since``: nothing else may wait on the
    subject, nor have come about there since then.
    """

    act: str
    subject: str
    kind: EffectKind
    platform: str
    asked: bytes
    request: bytes
    key: str | None
    alone_since: datetime | None = None


class Begun(NamedTuple):
    """A write that may be done now, by its id; ``behind``: an earlier one on the same thing has to be done first."""

    write_id: str
    request: bytes
    behind: bool = False


class Repeated(NamedTuple):
    """A write that was asked for before: it is not begun again. ``request``: what it asked for then."""

    write_id: str
    request: bytes


class Due(NamedTuple):
    """An effect to be tried, and what its write asked for."""

    number: int
    write_id: str
    place: int
    act: str
    kind: EffectKind
    platform: str
    status: EffectStatus
    begun_at: datetime
    attempts: int
    actor: Viewer
    request: bytes
    body: Mapping[str, Any]
    cause: Cause | None = None

    @property
    def effect_id(self) -> str:
        """Under which the platform is asked for it, each time the same."""
        return self.write_id if self.place == 0 else f"{self.write_id}-{self.place}"


class Planned(NamedTuple):
    """A secondary effect, due once its write is done."""

    kind: EffectKind
    platform: str
    body: Mapping[str, Any]
