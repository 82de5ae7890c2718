"""What happened lately is remembered in bounds, and what is not is never passed off as nothing."""

import pytest

from connectors.refusals import RefusedError
from gateway.live.log import Event, EventLog


def happened(log: EventLog, at: float, topic: str = "room", key: str = "k") -> str:
    """Add an event at so many seconds; answers its id."""
    identifier = f"{int(at * 1000)}-0"
    log.add(Event(identifier, topic, key, at))
    return identifier


def test_what_came_behind_an_id_is_told() -> None:
    """In order, of that topic alone."""
    log = EventLog(10, 60, (0, 0))
    first, _, third = happened(log, 1), happened(log, 2, "other"), happened(log, 3)

    assert [event.id for event in log.since("room", first)] == [third]
    assert log.since("room", third) == []


def test_one_topic_forgets_only_its_own() -> None:
    """Where more came than is kept it is too late for that topic; for the last that was forgotten it is not."""
    log = EventLog(3, 60, (0, 0))
    quiet = happened(log, 1, "quiet")
    busy = [happened(log, 2 + at) for at in range(5)]

    assert [event.id for event in log.since("room", busy[1])] == busy[2:]
    assert log.since("quiet", quiet) == []
    with pytest.raises(RefusedError) as refused:
        log.since("room", busy[0])
    assert refused.value.code == "RESUME_TOO_LATE"


def test_what_is_old_goes_but_nothing_is_missed_by_who_knew_it() -> None:
    """A topic long quiet takes no memory; whoever had its last event has missed nothing."""
    log = EventLog(10, 60, (0, 0))
    early, last = happened(log, 1, "quiet"), happened(log, 2, "quiet")
    happened(log, 100)

    assert log.since("quiet", last) == []
    with pytest.raises(RefusedError):
        log.since("quiet", early)


@pytest.mark.parametrize("identifier", ["", "x", "1", "-1-0", "1-0\n", "９-0", "1" * 40 + "-0"])
def test_an_id_nobody_made_is_too_late(identifier: str) -> None:
    """It is refused, not guessed at."""
    with pytest.raises(RefusedError):
        EventLog(10, 60, (0, 0)).since("room", identifier)


def test_what_was_before_the_start_is_too_late() -> None:
    """An id of an earlier process: what came since nobody knows."""
    with pytest.raises(RefusedError):
        EventLog(10, 60, (5000, 0)).since("room", "4999-0")
