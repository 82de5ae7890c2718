"""The engine runs what it compiled: what it cost and read is told, and nobody's trouble is another's."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from graphql import ExecutionResult, execute, parse

from gateway.execution.fallback import FALLBACKS
from gateway.execution.operation import GraphQLRequest
from tests.gateway.execution.invented import caller
from tests.gateway.execution.library.graph import AuthorRecord, BookRecord, TapeRecord, graph
from tests.gateway.execution.library.running import READER, Library, answered, engine_of, ids

ONE = f"book(id: {ids('Book:a')[1:-1]})"
MUCH = f"""query ($n: Int!) {{
    shelf(first: $n) {{ totalCount edges {{ node {{ price weight author {{ name }} similar {{ title }} }} }} }}
    {ONE} {{ chapters {{ title }} author {{ name }} secretAuthor {{ name }} }}
    held(ids: {ids("Book:a", "Book:b", "Tape:t")}) {{ title __typename }}
    me {{ name }}
}}"""


def two() -> Library:
    """Two books of two authors, like each other."""
    return Library(
        BookRecord(key="a", title="A", author_key="ann", similar_keys=("b",)),
        BookRecord(key="b", title="B", author_key="bob", similar_keys=("a", "b")),
        authors={"bob": AuthorRecord(key="bob", name="Bob")},
    )


async def by_graphql_core(library: Library, text: str, **variables: Any) -> tuple[Any, list[str]]:
    """What graphql-core answers over the same sources."""
    context = engine_of(library).context(caller().ask)
    result: Any = execute(graph(), parse(text), context_value=context, variable_values=variables)
    done: ExecutionResult = await result if isinstance(result, Awaitable) else result
    return done.data, [".".join(map(str, error.path or ())) for error in done.errors or ()]


@pytest.mark.parametrize("first", [1, 2, 50])
async def test_it_costs_no_more_than_was_estimated(first: int) -> None:
    """Whatever the data, with as many rows as were reckoned with, or fewer."""
    told = await answered(two(), MUCH, READER, n=first)

    assert told.outcome.cost is not None
    assert 0 < told.outcome.cost.actual <= told.outcome.cost.estimated
    assert told.paths == []


async def test_what_it_cost_is_reads_and_objects() -> None:
    """A point for each field that reads, on each object, and one for each object; nulls are none."""
    told = await answered(two(), f"{{ {ONE} {{ author {{ name }} secretAuthor {{ name }} }} me {{ name }} }}", READER)
    nothing = await answered(Library(), f"{{ {ONE} {{ author {{ name }} }} }}")

    assert told.outcome.cost is not None
    assert nothing.outcome.cost is not None
    # book, author, secretAuthor and me are read; the book, and the author at three places, are objects
    assert told.outcome.cost.actual == 4 + 4
    assert nothing.outcome.cost.actual == 1


async def test_every_read_is_told_with_its_place() -> None:
    """List positions left out; places that share one call are told it each."""
    text = f"{{ a: {ONE} {{ title }} b: {ONE} {{ pages }} shelf(first: 2) {{ nodes {{ author {{ name }} }} }} }}"
    library = two()

    told = await answered(library, text)

    assert sorted((".".join(read.path), read.provenance.operation) for read in told.outcome.reads) == [
        ("a", "load_books"),
        ("b", "load_books"),
        ("shelf", "list_books"),
        ("shelf.nodes.author", "load_authors"),
    ]
    assert len(library.asked) == 3


async def test_a_failure_of_a_source_s_own_is_an_error_of_its_fields() -> None:
    """What no port may raise is raised: everything else is answered, and it is each field's original error."""
    library = two()
    library.ill["load_authors"] = RuntimeError("token 12345 of 10.0.0.7")

    told = await answered(library, f"{{ shelf(first: 2) {{ nodes {{ title author {{ name }} }} }} {ONE} {{ title }} }}")

    assert told.data == {
        "shelf": {"nodes": [{"title": "A", "author": None}, {"title": "B", "author": None}]},
        "book": {"title": "A"},
    }
    assert told.errors == [(["shelf", "nodes", at, "author"], library.ill["load_authors"]) for at in range(2)]


async def test_a_run_that_is_given_up_gives_up_its_reads() -> None:
    """No platform is asked for nobody, and no task is left."""
    library = two()
    library.gate.clear()
    before = asyncio.all_tasks()
    running = asyncio.create_task(answered(library, f"{{ {ONE} {{ title }} me {{ name }} }}", READER))
    while len(library.asked) < 2:  # noqa: ASYNC110 - the library tells nobody that it was asked
        await asyncio.sleep(0)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert library.cancelled == 2
    assert asyncio.all_tasks() == before


async def test_code_by_hand_below_what_is_declared_runs_on_graphql_core() -> None:
    """Counted with its reason, and the answer is the same."""
    before = FALLBACKS.copy()
    text = f"{{ {ONE} {{ title shouted similar {{ shouted }} }} }}"

    told = await answered(two(), text)

    assert FALLBACKS - before == {"code by hand below what is declared": 1}
    assert told.data == {"book": {"title": "A", "shouted": "A!", "similar": [{"shouted": "B!"}]}}
    assert (told.data, told.paths) == await by_graphql_core(two(), text)


async def test_a_condition_that_is_null_runs_on_graphql_core() -> None:
    """Its errors are graphql-core's too."""
    before = FALLBACKS.copy()
    text = f"query ($f: Boolean = true) {{ {ONE} {{ title @include(if: $f) }} me {{ name }} }}"

    told = await answered(two(), text, f=None)

    assert FALLBACKS - before == {"a condition without a value": 1}
    assert (told.data, told.paths) == await by_graphql_core(two(), text, f=None)
    assert told.paths == ["book"]


@pytest.mark.parametrize(
    ("text", "variables", "name"),
    [
        ("{ nothing }", {}, None),
        ("{ me {", {}, None),
        ("query A { me { name } } query B { me { name } }", {}, None),
        ("query A { me { name } }", {}, "B"),
        ("query ($n: Int!) { shelf(first: $n) { totalCount } }", {"n": "many"}, None),
        (
            "{ "
            + " ".join(f"a{n}: shelf(first: 100) {{ nodes {{ similar {{ similar {{ title }} }} }} }}" for n in range(9))
            + " }",
            {},
            None,
        ),
    ],
)
async def test_what_cannot_run_is_refused_and_nothing_read(
    text: str, variables: dict[str, Any], name: str | None
) -> None:
    """Invalid, unknown, with variables that do not fit, or too costly."""
    library = two()

    outcome = await engine_of(library)(GraphQLRequest(text, name, variables), caller())

    assert (outcome.executed, outcome.data, library.asked) == (False, None, [])
    assert outcome.errors


async def test_runs_know_nothing_of_each_other() -> None:
    """One engine, two callers at once: each reads for itself, and sees its own."""
    library = two()
    engine = engine_of(library)
    request = GraphQLRequest(f"{{ {ONE} {{ secretAuthor {{ name }} }} me {{ name }} }}")

    one, other = await asyncio.gather(engine(request, caller(READER)), engine(request, caller()))

    assert (len(one.errors), len(other.errors)) == (0, 1)
    assert [name for name, _, _ in library.asked].count("load_books") == 2
    assert isinstance(other.data, dict)
    assert other.data["me"] is None


def test_only_a_valid_query_may_be_public() -> None:
    """What is no query, or is invalid, is nobody's."""
    engine = engine_of(two())

    assert engine.is_public(GraphQLRequest("{ me { name } }"))
    assert not engine.is_public(GraphQLRequest("{ nothing }"))


async def test_what_an_operation_uses_that_goes_away_is_told() -> None:
    """Of the operation that runs and the fragments it comes to; of no other in the document."""
    library = Library(TapeRecord(key="t"))
    text = f"""
        query Old {{ held(ids: {ids("Tape:t")}) {{ ...Of }} }}
        query New {{ held(ids: {ids("Tape:t")}) {{ title }} }}
        fragment Of on Held {{ ...on Tape {{ ...Long }} }}
        fragment Long on Tape {{ minutes }}
    """
    engine = engine_of(library)

    old = await engine(GraphQLRequest(text, "Old"), caller())
    new = await engine(GraphQLRequest(text, "New"), caller())

    assert [(name, said.until.year) for name, said in old.deprecated] == [("Tape.minutes", 2027)]
    assert new.deprecated == ()
