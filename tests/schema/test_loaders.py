"""A level asks a source once, nothing is asked twice in a request, and a failure fills only its place."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from connectors.deadline import Deadline
from connectors.errors import UnreachableError
from connectors.ports import TodoSource
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask
from schema.loaders import MOST_CALLS, MOST_IDS, Loaders, Place

ASK = Ask(ANYONE, Deadline.after(5))


class Numbers:
    """A port of the tests: answers each key doubled, refuses 13."""

    async def load(self, keys: Sequence[int], *arguments: Any) -> Sequence[Any]:
        """As a port does: one entry per key."""
        raise AssertionError(keys, arguments)


class DoublingSource(Numbers):
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    async def load(self, keys: Sequence[int], *_: Any) -> Sequence[Any]:
        """Double each."""
        self.asked.append(list(keys))
        await asyncio.sleep(0)
        return [UnreachableError("numbers", "load") if key == 13 else key * 2 for key in keys]


@pytest.fixture
def source() -> DoublingSource:
    """A fresh source."""
    return DoublingSource()


@pytest.fixture
def loaders(source: DoublingSource) -> Loaders:
    """Loaders over that source."""
    return Loaders({Numbers.load: source.load}, ASK)


async def test_siblings_that_come_a_turn_apart_share_a_call(loaders: Loaders, source: DoublingSource) -> None:
    """Keys asked for within a few turns of the loop go out together, doubles once."""

    async def late(key: int, turns: int) -> Any:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await loaders.load(Numbers.load, key)

    answers = await asyncio.gather(*(late(key, turns) for key, turns in [(1, 0), (2, 1), (3, 2), (1, 3), (4, 4)]))

    assert answers == [2, 4, 6, 2, 8]
    assert source.asked == [[1, 2, 3, 4]]


async def test_what_was_told_is_remembered(loaders: Loaders, source: DoublingSource) -> None:
    """The same key is asked once in a request, also when it failed."""
    for _ in range(3):
        assert await loaders.load(Numbers.load, 1) == 2
        with pytest.raises(UnreachableError):
            await loaders.load(Numbers.load, 13)

    assert source.asked == [[1], [13]]


async def test_other_arguments_are_another_call(loaders: Loaders, source: DoublingSource) -> None:
    """Keys are batched only with keys that are asked for with the same arguments."""
    await asyncio.gather(loaders.load(Numbers.load, 1, "page 1"), loaders.load(Numbers.load, 1, "page 2"))

    assert source.asked == [[1], [1]]


async def test_a_failure_fills_only_its_place(loaders: Loaders) -> None:
    """One key's error leaves its neighbours whole."""
    answers = await asyncio.gather(*(loaders.load(Numbers.load, key) for key in (1, 13, 2)), return_exceptions=True)

    assert answers[0::2] == [2, 4]
    assert isinstance(answers[1], UnreachableError)


async def test_an_ability_no_platform_offers_is_refused() -> None:
    """Without a platform for it, a read says which ability is missing."""
    with pytest.raises(RefusedError, match="PLATFORM_NOT_CONFIGURED") as refused:
        await Loaders({}, ASK).load(Numbers.load, 1)

    assert refused.value.facts == {"ability": "Numbers"}


async def test_one_who_goes_away_takes_nobody_along(loaders: Loaders, source: DoublingSource) -> None:
    """When one of several readers of a level is cancelled, the others get their answers, for the same key too."""
    leaving = asyncio.create_task(loaders.load(Numbers.load, 1))
    staying = [asyncio.create_task(loaders.load(Numbers.load, key)) for key in (1, 2)]
    await asyncio.sleep(0)

    leaving.cancel()
    answers = await asyncio.wait_for(asyncio.gather(*staying), 5)

    assert answers == [2, 4]
    assert source.asked == [[1, 2]]
    assert leaving.cancelled()


async def test_a_source_that_answers_too_little_is_told_to_all() -> None:
    """Nobody waits for ever when a source forgets a place."""

    async def forgetful(keys: Sequence[int], *_: Any) -> Sequence[Any]:
        return list(keys)[1:]

    loaders = Loaders({Numbers.load: forgetful}, ASK)

    reads = (asyncio.wait_for(loaders.load(Numbers.load, key), 5) for key in (1, 2))
    answers = await asyncio.gather(*reads, return_exceptions=True)

    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]


async def test_an_operation_causes_only_so_many_calls(loaders: Loaders, source: DoublingSource) -> None:
    """Beyond what the largest page needs, a read is refused, and no platform is asked for it."""
    for page in range(MOST_CALLS):
        await loaders.load(Numbers.load, 1, page)

    with pytest.raises(RefusedError, match="TOO_MANY_READS"):
        await loaders.load(Numbers.load, 1, "one more")

    assert len(source.asked) == MOST_CALLS


async def test_a_read_costs_a_call_for_each_hundred_keys(source: DoublingSource) -> None:
    """Chunks are what is counted; a read that does not fit any more leaves room for those that do."""
    loaders = Loaders({Numbers.load: source.load}, ASK, most_calls=4)
    place = Place(Numbers.load)

    first = await loaders.read(place, range(201))
    second = await loaders.read(place, range(1000, 1101))
    third = await loaders.read(place, range(2000, 2100))

    assert list(first[:2]) == [0, 2]
    assert all(isinstance(answer, RefusedError) for answer in second)
    assert third[0] == 4000
    assert [len(keys) for keys in source.asked] == [201, 100]


async def test_what_is_read_singly_costs_a_call_a_key() -> None:
    """A list of owners whose platform takes one a call is refused before the first is asked for."""

    async def list_todos(keys: Sequence[str], *_: Any) -> Sequence[Any]:
        return ["page"] * len(keys)

    loaders = Loaders({TodoSource.list_todos: list_todos}, ASK, most_calls=100)
    place = Place(TodoSource.list_todos)

    many = await loaders.read(place, [f"employee-{n}" for n in range(100)])  # a call for their accounts beside
    fewer = await loaders.read(place, [f"other-{n}" for n in range(99)])

    assert {str(answer) for answer in many} == {"TOO_MANY_READS"}
    assert fewer == ["page"] * 99


async def test_an_operation_looks_up_only_so_many_ids(loaders: Loaders) -> None:
    """Ids of the caller may cost a call each, so there is a bound over all fields together."""
    await asyncio.gather(*(loaders.find(Numbers.load, str(n)) for n in range(MOST_IDS)))

    with pytest.raises(RefusedError, match="PAGE_TOO_LARGE"):
        await loaders.find(Numbers.load, "one more")
