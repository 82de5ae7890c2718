"""The log of slow operations."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from connectors.provenance import CacheState, Provenance
from gateway.execution.operation import ReadAt
from gateway.http.access import AccessEntry
from gateway.observing.slow import MOST_DOCUMENTS, SlowOperations

Told = list[Any]


@pytest.fixture
def told() -> Iterator[Told]:
    """What the log is told."""
    with structlog.testing.capture_logs() as lines:
        yield lines


def entry(document: str = "d" * 64, waited_ms: float = 900) -> AccessEntry:
    """A request whose answer took a read."""
    read = Provenance("duty", "questions", CacheState.FETCHED, 0.0, 0.0, private=False, upstream_ms=waited_ms)
    kept = Provenance("duty", "studios", CacheState.KEPT, 0.0, 0.0, private=False)
    return AccessEntry("t" * 32, operation="Page", document=document, reads=(ReadAt(("a",), read), ReadAt((), kept)))


async def test_the_first_is_told_at_once_with_its_waits(told: Told) -> None:
    """By document, with what it waited for; a fast one is not, nor a stream, nor what is no operation."""
    slow = SlowOperations(1000)
    stream = entry("s" * 64)
    stream.streamed = True

    for one, seconds in ((entry(), 1.2), (entry("f" * 64), 0.9), (stream, 60.0), (AccessEntry("t" * 32), 9.0)):
        slow.ended(one, seconds)

    [line] = told
    assert (line["event"], line["document"], line["trace_id"]) == ("slow operation", "d" * 64, "t" * 32)
    assert (line["count"], line["p95_ms"]) == (1, 1200.0)
    assert line["waits"] == [{"for": "duty.questions", "ms": 900}]


async def test_the_others_wait_for_one_line(told: Told) -> None:
    """However many are slow, the log gets a line a while, with how many and how slow."""
    slow = SlowOperations(1000, quiet=0.05)

    for ms in range(1100, 1200):
        slow.ended(entry(), ms / 1000)
    await asyncio.sleep(0.2)

    first, second = told
    assert (first["count"], second["count"]) == (1, 99)
    assert (second["p95_ms"], second["most_ms"]) == (1195.0, 1199.0)


async def test_what_waits_is_told_at_the_end(told: Told) -> None:
    """A gateway that stops says what it has."""
    slow = SlowOperations(1000)
    slow.ended(entry(), 2.0)
    slow.ended(entry(), 3.0)

    slow.flush()

    assert [line["count"] for line in told] == [1, 1]


async def test_made_up_documents_flood_nothing(told: Told) -> None:
    """Of texts that are new each time so many are told; all are counted."""
    slow = SlowOperations(1000)

    for number in range(1000):
        slow.ended(entry(f"{number:064}"), 2.0)

    assert len(told) == MOST_DOCUMENTS
    assert slow.count == 1000
