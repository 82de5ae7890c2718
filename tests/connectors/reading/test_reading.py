"""Reading by many keys: order, chunks, errors in their places, what is kept for how long."""

import asyncio
from collections.abc import Mapping

from connectors.deadline import Deadline
from connectors.errors import TooSlowError, UnexpectedAnswerError
from connectors.reading import Reader, ReadRule
from tests.connectors.kept import Clock, begun
from tests.connectors.reading.upstream import NEVER, RULE, Upstream, ask


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


async def test_alone_nothing_comes_between(lone: Reader, upstream: Upstream) -> None:
    """What is neither kept nor shared is fetched in the asker's own task, by the asker's own deadline."""
    tasks = []

    async def fetch(keys: list[str], deadline: Deadline) -> Mapping[str, str]:
        tasks.append(asyncio.current_task())
        return await upstream.fetch(keys, deadline)

    entries = await lone.read(NEVER, ["b", "no", "a", "b"], ask(2.0), fetch, empty="none")

    assert entries == ["B", "none", "A", "B"]
    assert tasks == [asyncio.current_task()]
    assert upstream.chunks == [["b", "no", "a"]]
    assert upstream.remaining[0] <= 2.0


async def test_alone_chunks_go_out_at_once(lone: Reader, upstream: Upstream) -> None:
    """More keys than a call may carry are several calls; an error fills only its own."""
    entries = await lone.read(NEVER, ["a", "b", "c", "bad", "d"], ask(), upstream.fetch)

    assert entries[:3] == ["A", "B", "C"]
    assert [type(entry) for entry in entries[3:]] == [UnexpectedAnswerError] * 2


async def test_alone_who_cannot_wait_does_not_ask(lone: Reader, upstream: Upstream) -> None:
    """After the deadline there is no call any more."""
    entries = await lone.read(NEVER, ["a"], ask(0.0), upstream.fetch)

    assert isinstance(entries[0], TooSlowError)
    assert upstream.chunks == []


async def test_the_same_read_is_shared_while_under_way(reader: Reader, upstream: Upstream) -> None:
    """Nothing is kept, and yet a hundred who ask for the same at once cause one call; other keys are another read."""
    upstream.go.clear()
    readings = [asyncio.create_task(reader.read(NEVER, ["a", "no"], ask(), upstream.fetch)) for _ in range(100)]
    other = asyncio.create_task(reader.read(NEVER, ["a"], ask(), upstream.fetch))
    await begun()
    readings[0].cancel()
    upstream.go.set()

    answers = await asyncio.gather(*readings[1:])

    assert answers == [["A", None]] * 99
    assert await other == ["A"]
    assert upstream.chunks == [["a", "no"], ["a"]]


async def test_what_is_shared_under_way_can_be_too_late(reader: Reader, upstream: Upstream) -> None:
    """Whose deadline passes has the error in each place; those who can wait have the answer."""
    upstream.go.clear()
    patient = asyncio.create_task(reader.read(NEVER, ["a"], ask(), upstream.fetch))
    await begun()

    hasty = await reader.read(NEVER, ["a"], ask(0.0), upstream.fetch)
    upstream.go.set()

    assert isinstance(hasty[0], TooSlowError)
    assert await patient == ["A"]
