"""Does an act, the first time or again: calls the platform, notes that it is done and what follows, tells who waits."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import structlog

from connectors.errors import OutcomeUnknownError
from connectors.viewer import Ask, Viewer
from gateway.writes.homes import Homes
from gateway.writes.rows import Planned
from gateway.writes.store import WriteStore
from schema.acts import Act

Publish = Callable[[str, str], None]
"""Tells the live bus of a topic what is new there, by its key."""
Drop = Callable[[Collection[str]], None]

_log = structlog.get_logger(__name__)


class Brought(NamedTuple):
    """What came of an act: what its payload shows, what it is about now, what changed, what follows, what is told."""

    entity: Any
    subject: str
    changes: frozenset[str]
    planned: Sequence[Planned]
    tells: Sequence[tuple[str, str]]


class Acting:
    """One per process.

    Args:
        store: where writes stand.
        homes: which platform a method is on.
        drop: forgets what was read before.
        publish: tells the live bus.
        wake: called where effects became due.
    """

    def __init__(self, store: WriteStore, homes: Homes, drop: Drop, publish: Publish, wake: Callable[[], None]) -> None:
        self._store, self._homes, self._drop, self._publish, self._wake = store, homes, drop, publish, wake

    async def bring_about(self, act: Act, request: Any, write_id: str, ask: Ask) -> Brought:
        """Have the platform do it, and read what came of it.

        Raises ``PlatformError``; ``OutcomeUnknownError`` where its answer does not tell.
        """
        with self._homes.tries.one(self._homes.platform(act.source)):
            result = await act.call(self._homes.method(act.source), request, write_id, ask)
        try:
            return self._read(act, request, result, ask.viewer)
        except Exception as error:
            platform = self._homes.platform(act.source)
            _log.warning("what came of a write cannot be told", platform=platform, act=act.name, fault=error)
            raise OutcomeUnknownError(platform, act.name, "not of the form") from error

    async def note(self, brought: Brought, write_id: str) -> None:
        """Note that it is done and what follows, and tell who waits. Raises ``StoreUnavailableError``."""
        self._drop(brought.changes)
        await self._store.finish(write_id, brought.subject, brought.planned)
        for topic, key in brought.tells:
            self._publish(topic, key)
        self.tell(write_id, ())
        if brought.planned:
            self._wake()

    def tell(self, write_id: str, changed: Collection[str]) -> None:
        """Forget what is no longer so, and tell who follows the write that it went on."""
        if changed:
            self._drop(changed)
        self._publish(f"write:{write_id}", write_id)

    def _read(self, act: Act, request: Any, result: Any, viewer: Viewer) -> Brought:
        return Brought(
            act.entity(result, request),
            act.becomes(result) if act.becomes else act.subject(request, viewer),
            frozenset(act.changes(request, result, viewer)),
            [
                Planned(follow.kind, self._homes.platform(follow.source), body)
                for follow in act.follows
                for body in follow.bodies(request, result, viewer)
            ],
            tuple(act.tells(request, result)),
        )
