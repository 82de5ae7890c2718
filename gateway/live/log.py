"""What happened lately, by topic: so that who lost the connection hears what came meanwhile, or that it is too late."""

import re
from collections import OrderedDict, deque
from typing import NamedTuple

from connectors.refusals import RefusedError

Position = tuple[int, int]
_ID = re.compile(r"([0-9]{1,18})-([0-9]{1,18})", re.ASCII)
_MOST_TOPICS = 10_000


class Event(NamedTuple):
    """Something happened to the thing ``key`` of a topic, at so many seconds since 1970: never what.

    ``id`` grows within a topic: milliseconds since 1970, and a number within them.
    """

    id: str
    topic: str
    key: str
    at: float


def position_of(identifier: str) -> Position:
    """Where an id stands among others. Raises ``RefusedError`` (RESUME_TOO_LATE) for what is none."""
    found = _ID.fullmatch(identifier)
    if found is None:
        raise RefusedError("RESUME_TOO_LATE")
    return int(found[1]), int(found[2])


class EventLog:
    """One per bus. ``most`` events of a topic are kept, each for so many ``seconds``; ``start``: nothing before is."""

    def __init__(self, most: int, seconds: float, start: Position) -> None:
        self._most = most
        self._seconds = seconds
        self._events: OrderedDict[str, deque[Event]] = OrderedDict()  # the topic of the last event stands last
        self._floors: OrderedDict[str, Position] = OrderedDict()
        self._floor = start

    def add(self, event: Event) -> None:
        """Keep an event, and forget what is too much or too old."""
        events = self._events.setdefault(event.topic, deque())
        events.append(event)
        self._events.move_to_end(event.topic)
        oldest = event.at - self._seconds
        while len(events) > self._most or events[0].at < oldest:
            self._forgot(events.popleft())
        while (quiet := next(iter(self._events.values())))[-1].at < oldest:
            del self._events[quiet[-1].topic]
            self._forgot(quiet[-1])

    def since(self, topic: str, identifier: str) -> list[Event]:
        """What came behind that event. Raises ``RefusedError`` (RESUME_TOO_LATE) where that is not known any more."""
        position = position_of(identifier)
        if position < self._floors.get(topic, self._floor):
            raise RefusedError("RESUME_TOO_LATE")
        return [event for event in self._events.get(topic, ()) if position_of(event.id) > position]

    def _forgot(self, event: Event) -> None:
        """Note up to where a topic is not known any more; of topics long quiet together."""
        self._floors[event.topic] = position_of(event.id)
        self._floors.move_to_end(event.topic)
        if len(self._floors) > _MOST_TOPICS:
            self._floor = max(self._floor, self._floors.popitem(last=False)[1])
