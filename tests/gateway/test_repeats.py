"""Lines that are alike."""

from typing import Any

import pytest
import structlog

from gateway.repeats import MOST, SECONDS, Repeats


def passed(repeats: Repeats, line: dict[str, Any]) -> dict[str, Any] | None:
    """The line as it goes out, None where it is left out."""
    try:
        return dict(repeats(None, "warning", dict(line)))
    except structlog.DropEvent:
        return None


def test_a_platform_that_is_down_does_not_flood_the_log() -> None:
    """Whatever request it was, the same of the same platform is told ten times; then how often it was left out."""
    now = [0.0]
    repeats = Repeats(lambda: now[0])
    line = {"event": "platform failed", "platform": "duty", "operation": "studios", "error": "UnreachableError"}

    out = [passed(repeats, line | {"trace_id": str(number)}) for number in range(1000)]
    other = passed(repeats, line | {"platform": "zheliban"})
    now[0] = SECONDS
    later = passed(repeats, line)

    assert sum(one is not None for one in out) == MOST
    assert other is not None
    assert later == line | {"left_out": 1000 - MOST}
    assert repeats.left_out == 1000 - MOST


def test_faults_in_different_places_are_told_apart() -> None:
    """The same event for another mistake of ours is another line."""
    repeats = Repeats()
    lines = [{"event": "unplanned failure", "fault": {"type": "KeyError", "at": [f"m.f:{n}"]}} for n in range(50)]

    assert None not in [passed(repeats, line) for line in lines]


@pytest.mark.parametrize("count", [600, 5000])
def test_made_up_kinds_fill_no_memory(count: int) -> None:
    """Beyond so many kinds it begins anew."""
    repeats = Repeats()

    for number in range(count):
        passed(repeats, {"event": str(number)})

    assert len(repeats._kinds) <= 500
