"""Reading by many keys: order, chunks, errors in their places, what is kept for how long."""

import asyncio
from collections.abc import Mapping

import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import TooSlowError, UnexpectedAnswerError
from connectors.memory import BoundedMemoryCache
from connectors.reading import Reader, ReadRule
from connectors.viewer import ANYONE, Ask

RULE = ReadRule("things", batch=3, fresh_for=60.0)


class Upstream:
    """Knows every key but those that begin with ``no``; fails for a chunk with ``bad`` in it."""

    def __init__(self) -> None:
        self.chunks: list[list[str]] = []
        self.remaining: list[float] = []
        self.go = asyncio.Event()
        self.go.set()

    async def fetch(self, keys: list[str], deadline: Deadline) -> Mapping[str, str]:
        """One call."""
        self.chunks.append(keys)
        self.remaining.append(deadline.remaining())
        await self.go.wait()
        if "bad" in keys:
            raise UnexpectedAnswerError("here", "things")
        return {key: key.upper() for key in keys if not key.startswith("no")} | {"unasked": "!"}


class Clock:
    """Moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The cache's clock."""
    return Clock()


@pytest.fixture
def reader(clock: Clock) -> Reader:
    """A reader whose calls may take seven seconds."""
    return Reader("here", Cache(BoundedMemoryCache(100), clock), timeout=7.0)


@pytest.fixture
async def upstream() -> Upstream:
    """What is read from."""
    return Upstream()


def ask(seconds: float = 30.0) -> Ask:
    """Nobody in particular."""
    return Ask(ANYONE, Deadline.after(seconds))


async def test_answers_in_the_order_of_the_keys(reader: Reader, upstream: Upstream) -> None:
    """One entry a key, None for what is not known; a double is asked once."""
    entries = await reader.read(RULE, ["b", "no", "a", "b"], ask(), upstream.fetch)

    assert entries == ["B", None, "A", "B"]
    assert upstream.chunks == [["b", "no", "a"]]


async def test_no_keys_are_no_call(reader: Reader, upstream: Upstream) -> None:
    """Nothing asked, nothing answered."""
    assert await reader.read(RULE, [], ask(), upstream.fetch) == []
    assert upstream.chunks == []


async def test_chunks_go_out_at_once(reader: Reader, upstream: Upstream) -> None:
    """More keys than a call may carry are several calls, none waiting for another."""
    upstream.go.clear()
    reading = asyncio.create_task(reader.read(RULE, list("abcdefgh"), ask(), upstream.fetch))
    for _ in range(10):
        await asyncio.sleep(0)
    under_way = len(upstream.chunks)
    upstream.go.set()

    assert await reading == list("ABCDEFGH")
    assert under_way == 3
    assert upstream.chunks == [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]]


async def test_an_error_fills_only_its_chunk(reader: Reader, upstream: Upstream) -> None:
    """The keys of the call that failed have the error, the others their records."""
    entries = await reader.read(RULE, ["a", "b", "c", "bad", "d"], ask(), upstream.fetch)

    assert entries[:3] == ["A", "B", "C"]
    assert [type(entry) for entry in entries[3:]] == [UnexpectedAnswerError] * 2


async def test_an_error_is_never_kept(reader: Reader, upstream: Upstream) -> None:
    """The next reader asks again; what was answered beside the error is kept."""
    await reader.read(RULE, ["a", "b", "c", "bad"], ask(), upstream.fetch)
    await reader.read(RULE, ["a", "b", "c", "bad"], ask(), upstream.fetch)

    assert upstream.chunks == [["a", "b", "c"], ["bad"], ["bad"]]


async def test_records_are_kept_by_the_rule_and_absence_briefly(
    reader: Reader, upstream: Upstream, clock: Clock
) -> None:
    """What is not there may come soon: it is asked for again after five seconds, a record after the rule's time."""
    times = []
    for moment in (0.0, 4.9, 5.0, 59.9, 60.0):
        clock.now = 1000.0 + moment
        await reader.read(RULE, ["a", "no"], ask(), upstream.fetch)
        times.append((moment, upstream.chunks[-1], len(upstream.chunks)))

    assert times == [
        (0.0, ["a", "no"], 1),
        (4.9, ["a", "no"], 1),
        (5.0, ["no"], 2),
        (59.9, ["no"], 3),
        (60.0, ["a"], 4),
    ]


async def test_a_rule_that_keeps_nothing(reader: Reader, upstream: Upstream) -> None:
    """With no time to be fresh in, every read asks, absence included."""
    never = ReadRule("things", batch=3, fresh_for=0.0)

    for _ in range(2):
        await reader.read(never, ["a", "no"], ask(), upstream.fetch)

    assert upstream.chunks == [["a", "no"]] * 2


async def test_what_decides_the_answer_keeps_answers_apart(reader: Reader, upstream: Upstream) -> None:
    """The same key under other arguments, or in another operation, is another entry."""
    other = ReadRule("others", batch=3, fresh_for=60.0)

    await reader.read(RULE, ["a"], ask(), upstream.fetch)
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="alice")
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="bob")
    await reader.read(other, ["a"], ask(), upstream.fetch)
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="alice")

    assert upstream.chunks == [["a"]] * 4


async def test_what_stands_for_an_unanswered_key(reader: Reader, upstream: Upstream) -> None:
    """A list that is not answered can be an empty one; it is kept as any answer."""
    entries = await reader.read(RULE, ["no"], ask(), upstream.fetch, empty="")
    await reader.read(RULE, ["no"], ask(), upstream.fetch, empty="")

    assert entries == [""]
    assert len(upstream.chunks) == 1


async def test_a_call_has_the_platforms_time(reader: Reader, upstream: Upstream) -> None:
    """The deadline handed down is the platform's own, not the first asker's: others may share the call."""
    await reader.read(RULE, ["a"], ask(0.0), upstream.fetch)
    await reader.read(RULE, ["b"], ask(3600.0), upstream.fetch)

    assert all(0 < remaining <= 7.0 for remaining in upstream.remaining)


async def test_who_cannot_wait_is_told_so(reader: Reader, upstream: Upstream) -> None:
    """What is kept is answered in time; what is not has the error in its place; later it is there."""
    await reader.read(RULE, ["a"], ask(), upstream.fetch)
    upstream.go.clear()

    entries = await reader.read(RULE, ["a", "b"], ask(0.0), upstream.fetch)
    upstream.go.set()
    later = await reader.read(RULE, ["a", "b"], ask(), upstream.fetch)

    assert entries[0] == "A"
    assert isinstance(entries[1], TooSlowError)
    assert (entries[1].platform, entries[1].operation) == ("here", "things")
    assert later == ["A", "B"]
    assert upstream.chunks == [["a"], ["b"]]
