"""One topic somebody listens to: its audiences."""

from collections.abc import Callable

from connectors.viewer import Viewer
from gateway.execution.operation import Language
from gateway.live.audience import Audience
from gateway.live.listening import Listening, Whose, identity_of
from gateway.live.log import Event, Position
from gateway.live.runs import LiveRuns
from gateway.live.streams import Stream


class Feed:
    """Lives from the first listener to the last; ``quiet`` is called when that one is gone."""

    def __init__(self, listening: Listening, runs: LiveRuns, quiet: Callable[["Feed"], None]) -> None:
        self.topic = listening.topic
        self.about = listening.about
        self.live = listening.live
        self._runs = runs
        self._quiet = quiet
        self._audiences: dict[Whose, Audience] = {}
        self._of: dict[Stream, tuple[Whose, Audience]] = {}
        self._coming: set[Stream] = set()

    def audience(self, listening: Listening, viewer: Viewer, language: Language) -> Audience:
        """Those who are answered the same; a new audience is forgotten unless somebody joins it by ``join``."""
        known = self._audiences.get(listening.audience_of(viewer, language))
        return known or Audience(listening, viewer, language, self._runs, self._split)

    def await_(self, stream: Stream) -> None:
        """Go on for a stream that is told of earlier things first, and joins then."""
        self._coming.add(stream)

    def join(self, stream: Stream, audience: Audience, behind: Position | None = None) -> None:
        """Let a stream hear what happens from now on; ``behind``: up to where it was told already."""
        key = audience.listening.audience_of(stream.access.viewer, audience.language)
        self._coming.discard(stream)
        audience = self._audiences.setdefault(key, audience)
        self._of[stream] = key, audience
        audience.join(stream, behind)

    def leave(self, stream: Stream) -> None:
        """Tell it nothing more."""
        self._coming.discard(stream)
        key, audience = self._of.pop(stream, (None, None))
        if audience is not None:
            del audience.streams[stream]
            if not audience.streams:
                audience.cancel()
                if self._audiences.get(key) is audience:
                    del self._audiences[key]
        if not self._of and not self._coming:
            self._quiet(self)

    def tell_now(self, stream: Stream, event: Event) -> None:
        """Tell one stream how the thing is."""
        self._of[stream][1].happened(event, stream)

    def happened(self, event: Event) -> None:
        """Let every audience be told."""
        for audience in list(self._audiences.values()):
            audience.happened(event)

    def viewers(self) -> list[Viewer]:
        """All who have to be asked for, to learn of everything that concerns somebody."""
        found = {identity_of(stream.access.viewer): stream.access.viewer for stream in (*self._of, *self._coming)}
        return list(found.values())

    def _split(self, audience: Audience, pending: list[Event]) -> None:
        """Tell each who was told together apart, by who it is."""
        apart: list[Audience] = []
        for key in [key for key, one in self._audiences.items() if one is audience]:
            del self._audiences[key]
        for stream, behind in list(audience.streams.items()):
            own = self.audience(audience.listening, stream.access.viewer, audience.language)
            self.join(stream, own, behind)
            if own not in apart:
                apart.append(own)
        audience.streams.clear()
        for own in apart:
            for event in pending:
                own.happened(event)
