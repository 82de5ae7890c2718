"""A level asks a source once, nothing is asked twice in a request, and a failure fills only its place."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from connectors.deadline import Deadline
from connectors.errors import UnreachableError
from connectors.ports import TodoSource
from connectors.ports.singly import calls_for
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask
from schema.loaders import MOST_CALLS, MOST_IDS, Loaders, Place
from schema.query import NODES

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


@pytest.mark.parametrize("name", NODES)
def test_as_many_ids_as_may_be_named_fit(name: str) -> None:
    """Whatever they name, and if each costs a call."""
    assert calls_for(NODES[name].source, [f"key-{n}" for n in range(MOST_IDS)]) <= MOST_CALLS


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


def place(*path: str) -> Place:
    """One of several places of an operation that read numbers."""
    return Place(Numbers.load, path, turn=len(path))


async def test_keys_that_overlap_are_asked_for_once(loaders: Loaders, source: DoublingSource) -> None:
    """Two places at once are one call; one that comes while it flies asks for the rest only, and waits for both."""
    one, other = asyncio.create_task(read(loaders, "a", 1, 2)), asyncio.create_task(read(loaders, "b", 2, 3))
    while not source.asked:  # noqa: ASYNC110 - the source tells nobody that it was asked
        await asyncio.sleep(0)
    late = await asyncio.wait_for(read(loaders, "c", 3, 4, 1), 5)

    assert (await one, await other, late) == ([2, 4], [4, 6], [6, 8, 2])
    assert source.asked == [[1, 2, 3], [4]]


async def read(loaders: Loaders, at: str, *keys: int) -> list[Any]:
    """Read at that place."""
    return list(await loaders.read(place(at), keys))


async def test_a_batch_may_end_while_another_is_awaited() -> None:
    """Who waits for two batches is told of both, in whichever order they end."""
    gates = {1: asyncio.Event(), 2: asyncio.Event()}
    asked: list[int] = []

    async def held(keys: Sequence[int], *_: Any) -> Sequence[Any]:
        asked.append(keys[0])
        await gates[keys[0]].wait()
        return list(keys)

    loaders = Loaders({Numbers.load: held}, ASK)
    first = asyncio.create_task(read(loaders, "a", 1))
    while asked != [1]:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    second = asyncio.create_task(read(loaders, "b", 2))
    while asked != [1, 2]:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    both = asyncio.create_task(read(loaders, "c", 1, 2))
    await asyncio.sleep(0)

    gates[2].set()
    await second
    gates[1].set()

    assert await asyncio.wait_for(both, 5) == [1, 2]
    assert await first == [1]
    assert asked == [1, 2]


async def test_each_place_is_told_of_the_read_it_was_answered_by(loaders: Loaders) -> None:
    """Whether it asked first, joined, or came when all was known: what is stale there must be said there."""
    await asyncio.gather(read(loaders, "a", 1), read(loaders, "b", 1), read(loaders, "c", 2))
    await read(loaders, "d", 2)

    assert [told.path for told, _ in loaders.reads] == [("a",), ("b",), ("c",), ("d",)]
    assert len({id(provenance) for _, provenance in loaders.reads}) == 1


async def test_one_who_reads_alone_is_not_kept_waiting(source: DoublingSource) -> None:
    """A plan knows where nobody else asks: the call goes out in the very next turn; by itself in its turn, too."""
    for lonely in (Place(Numbers.load, ("a",), alone=True), Place(Numbers.load, ("a",), apart=True)):
        loaders = Loaders({Numbers.load: source.load}, ASK)
        source.asked.clear()

        reading = asyncio.ensure_future(loaders.read(lonely, [1]))
        for _ in range(2):
            await asyncio.sleep(0)

        assert source.asked == [[1]]
        assert list(await reading) == [2]


async def test_what_will_be_looked_at_is_told_for_all_places() -> None:
    """All that any of them wants; everything where one wants everything."""
    told: list[frozenset[str] | None] = []

    async def listening(keys: Sequence[int], ask: Ask) -> Sequence[Any]:
        told.append(ask.wanted)
        return list(keys)

    wants: list[list[frozenset[str] | None]] = [[frozenset("a"), frozenset("b")], [frozenset("a"), None]]
    for wanted in wants:
        loaders = Loaders({Numbers.load: listening}, ASK)
        await asyncio.gather(
            *(loaders.read(Place(Numbers.load, (str(at),), one), [at]) for at, one in enumerate(wanted))
        )

    assert told == [frozenset("ab"), None]


async def test_nobody_is_asked_for_who_has_gone() -> None:
    """What is under way is given up, also what did not go out yet."""
    ended: list[str] = []

    async def endless(_: Sequence[int], *arguments: Any) -> Sequence[Any]:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(arguments[0])
        return []

    loaders = Loaders({Numbers.load: endless}, ASK)
    before = asyncio.all_tasks()
    flying = asyncio.ensure_future(loaders.read(Place(Numbers.load, ("a",), alone=True), [1], ("flying",)))
    await asyncio.sleep(0)
    gathering = asyncio.create_task(loaders.load(Numbers.load, 1, "gathering"))
    await asyncio.sleep(0)

    loaders.cancel()
    gathering.cancel()
    await asyncio.gather(flying, gathering, return_exceptions=True)
    await asyncio.sleep(0)

    assert ended == ["flying"]
    assert asyncio.all_tasks() == before
