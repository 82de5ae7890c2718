"""Public answers are kept and shared; a person's never."""

import asyncio
from datetime import date
from typing import Any

import msgspec
import pytest
from graphql import GraphQLError

from connectors.provenance import CacheState
from connectors.viewer import Viewer
from gateway.execution.answers import Answers
from gateway.execution.documents import LONGEST_KEPT
from gateway.execution.operation import GraphQLRequest, Language, Outcome
from gateway.execution.settings import AnswersSettings
from schema.deprecated import Deprecated
from tests.gateway.execution.invented import CITIZEN, QUERY, Engine, caller, is_query, read_at


class Clock:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def answers_of(engine: Engine, clock: Clock | None = None, **settings: Any) -> Answers:
    """What stands in front of an engine."""
    return Answers(engine, is_query, AnswersSettings(**settings), clock or Clock())


def asked(query: str = QUERY, **variables: Any) -> GraphQLRequest:
    """A request."""
    return GraphQLRequest(query, variables=variables or None)


def read(outcome: Outcome) -> Any:
    """The data as callers get them."""
    return msgspec.json.decode(msgspec.json.encode(outcome.data))


async def test_a_public_answer_is_kept_until_the_first_of_its_reads_is_stale() -> None:
    """As bytes, with its cost; it tells no reads then, as none was made."""
    clock = Clock()
    engine = Engine(read_at(until=8.0), read_at(until=5.0))
    answers = answers_of(engine, clock)

    first = await answers(asked(n=1), caller())
    clock.now = 4.9
    second = await answers(asked(n=1), caller(language=Language.ZH))
    clock.now = 5.0
    third = await answers(asked(n=1), caller())

    assert [read(one)["run"] for one in (first, second, third)] == [1, 1, 2]
    assert isinstance(second.data, msgspec.Raw)
    assert (len(first.reads), second.reads) == (2, ())
    assert first.cost == second.cost
    assert (answers.counts.kept, answers.counts.shared, answers.counts.run) == (1, 0, 2)


async def test_no_answer_is_kept_longer_than_the_setting_says() -> None:
    """However fresh its reads are; 0 keeps none."""
    clock = Clock()
    engine, never = Engine(read_at(until=1000.0)), Engine(read_at(until=1000.0))
    answers, off = answers_of(engine, clock, keep_answers_s=10), answers_of(never, clock, keep_answers_s=0)

    for moment in (1.0, 10.9, 11.0):
        clock.now = moment
        await answers(asked(), caller())
        await off(asked(), caller())

    assert (engine.runs, never.runs) == (2, 3)


@pytest.mark.parametrize(
    ("reads", "changes"),
    [
        ((read_at(), read_at(private=True)), {}),
        ((read_at(), read_at(state=CacheState.STALE)), {}),
        ((read_at(), read_at(until=0.0)), {}),
        ((), {}),
        ((read_at(),), {"errors": (GraphQLError("one"),)}),
        ((read_at(),), {"executed": False, "data": None, "errors": (GraphQLError("one"),)}),
        ((read_at(),), {"extensions": {"of": "this run"}}),
    ],
    ids=["private", "stale", "unkeepable", "nothing read", "failed in part", "refused", "extended"],
)
async def test_what_may_not_be_kept_is_run_again(reads: tuple[Any, ...], changes: dict[str, Any]) -> None:
    """Somebody's own, stale, not to be kept, constant or silent, failed, refused, or with words of a single run."""
    engine = Engine(*reads, **changes)
    answers = answers_of(engine)

    for _ in range(2):
        await answers(asked(), caller())

    assert engine.runs == 2
    assert (len(answers.kept), answers.kept.bytes) == (0, 0)


async def test_a_persons_answer_is_neither_kept_nor_taken_from_what_is_kept() -> None:
    """Who has a token passes through, even with nothing to be told apart by."""
    engine = Engine(read_at())
    answers = answers_of(engine)

    public = await answers(asked(), caller())
    of_one = [await answers(asked(), caller(who)) for who in (CITIZEN, Viewer(), CITIZEN)]
    again = await answers(asked(), caller())

    assert [read(one)["run"] for one in of_one] == [2, 3, 4]
    assert [read(one)["who"] for one in of_one] == ["p1", None, "p1"]
    assert read(again) == read(public)


async def test_an_explained_answer_is_a_run_of_its_own() -> None:
    """It tells where its own data came from, which nothing kept or shared could."""
    engine = Engine(read_at())
    answers = answers_of(engine)

    await answers(asked(), caller())
    explained = await answers(asked(), msgspec.structs.replace(caller(), explain=True))

    assert engine.runs == 2
    assert explained.reads == engine.reads


async def test_persons_share_no_run() -> None:
    """Nor do they join the one of somebody without a token."""
    engine = Engine(read_at())
    answers = answers_of(engine)

    outcomes = await asyncio.gather(*(answers(asked(), caller(who)) for who in (caller().ask.viewer, CITIZEN, CITIZEN)))

    assert engine.runs == 3
    assert sorted(str(read(one)["who"]) for one in outcomes) == ["None", "p1", "p1"]


async def test_identical_public_queries_share_one_run() -> None:
    """Whatever their languages; errors are shared as well."""
    error = GraphQLError("one")
    engine = Engine(read_at(), errors=(error,))
    answers = answers_of(engine)

    outcomes = await asyncio.gather(*(answers(asked(n=1), caller(language=one)) for one in Language for _ in range(10)))

    assert engine.runs == 1
    assert all(one.errors == (error,) and one.data == outcomes[0].data for one in outcomes)
    assert (answers.counts.run, answers.counts.shared) == (1, 19)


async def test_what_decides_the_answer_keeps_runs_apart() -> None:
    """The text, the operation's name, the values and their kinds, the extensions; not the order of names."""
    engine = Engine(read_at())
    answers = answers_of(engine)
    text = "query A($v: V) { a(v: $v) } query B($v: V) { b(v: $v) }"
    different = [
        GraphQLRequest(text, "A"),
        GraphQLRequest(text, "B"),
        GraphQLRequest(text + " ", "A"),
        *(GraphQLRequest(text, "A", {"v": value}) for value in (1, 1.0, True, "1", None, [1], {"x": 1, "y": 2})),
        GraphQLRequest(text, "A", None, {"v": 1}),
        GraphQLRequest(text, "A", {"v": 1}, {"v": 1}),
    ]
    alike = [GraphQLRequest(text, "A", {"v": {"y": 2, "x": 1}}), GraphQLRequest(text, "A", {}, {})]

    await asyncio.gather(*(answers(one, caller()) for one in different + alike))
    await asyncio.gather(*(answers(one, caller()) for one in different + alike))

    assert engine.runs == len(different)
    assert len(answers.kept) == len(different)


async def test_writes_and_very_long_texts_are_run_each_for_itself() -> None:
    """And leave nothing behind."""
    engine = Engine(read_at())
    answers = answers_of(engine)
    write, long = asked("mutation { follow { ok } }"), asked(QUERY + " " * LONGEST_KEPT)

    await asyncio.gather(*(answers(one, caller()) for one in (write, write, long, long)))

    assert engine.runs == 4
    assert len(answers.kept) == 0
    assert answers.counts.run == 0


async def test_without_sharing_each_runs_for_itself() -> None:
    """The setting."""
    engine = Engine(read_at())
    answers = answers_of(engine, share_in_flight=False, keep_answers_s=0)

    await asyncio.gather(*(answers(asked(), caller()) for _ in range(3)))

    assert engine.runs == 3


async def test_a_drop_forgets_what_is_kept_and_what_is_under_way() -> None:
    """Who asks after a change never gets what was read before it; who waited then does."""
    engine = Engine(read_at())
    answers = answers_of(engine)
    kept = await answers(asked(n=1), caller())
    engine.gate.clear()
    early = asyncio.create_task(answers(asked(n=2), caller()))
    await asyncio.sleep(0.01)

    answers.drop(["studio:1"])
    late = asyncio.create_task(answers(asked(n=2), caller()))
    await asyncio.sleep(0.01)
    engine.gate.set()
    again = await answers(asked(n=1), caller())

    assert (read(kept)["run"], read(again)["run"]) == (1, 4)
    assert (read(await early)["run"], read(await late)["run"]) == (2, 3)
    assert read(await answers(asked(n=2), caller()))["run"] == 3


async def test_at_the_end_runs_are_ended() -> None:
    """Those who wait are told that it failed, not that they were cancelled."""
    engine = Engine(read_at())
    engine.gate.clear()
    answers = answers_of(engine)
    waiting = asyncio.create_task(answers(asked(), caller()))
    await asyncio.sleep(0.01)

    await answers.aclose()

    with pytest.raises(RuntimeError, match="cancelled"):
        await waiting
    assert engine.cancelled == 1


async def test_an_answer_that_is_kept_still_tells_what_goes_away() -> None:
    """It is the operation's, not the run's."""
    gone = (("Studio.fax", Deprecated(date(2026, 1, 1), date(2027, 1, 1), zh="无", en="None")),)
    answers = answers_of(Engine(read_at(), deprecated=gone))

    told = [(await answers(asked(), caller())).deprecated for _ in range(2)]

    assert answers.counts.kept == 1
    assert told == [gone, gone]


async def test_what_introspection_tells_is_kept_for_each_language() -> None:
    """Descriptions have one; a query that only asks for ``__typename`` has none."""
    engine = Engine(read_at())
    answers = answers_of(engine)

    for text in ('{ n __type(name: "T") { description } }', "{ n __schema { description } }", "{ n __typename }"):
        for language in (Language.EN, Language.ZH, Language.EN):
            await answers(asked(text), caller(language=language))

    assert engine.runs == 5
