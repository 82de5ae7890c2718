"""Generated operations over our own schema, through our engine and graphql-core, over sources that are often ill.

The sources answer by a seed; half of them leave out what nobody wants. A part of the operations is written by
hypothesis-graphql, the rest by ``differential/writing.py``, which uses more of the language.
"""

from random import Random

import pytest
from graphql import DocumentNode, parse_value, print_ast, validate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from connectors.viewer import Viewer
from gateway.execution.fallback import FALLBACKS
from schema.build import build_schema
from tests.gateway.execution.differential.asked import VIEWERS, asked, replaced
from tests.gateway.execution.differential.comparing import difference
from tests.gateway.execution.differential.engines import cores, engine_over, ours
from tests.gateway.execution.differential.numbers import CHUNKS, VERIFIED_CHUNKS, numbers, random_base
from tests.gateway.execution.differential.reducing import reduced
from tests.gateway.execution.differential.sources import World, sources_of
from tests.gateway.execution.differential.writing import Operation, Writer

# where a null takes fields along, graphql-core may leave coroutines of its own behind
pytestmark = pytest.mark.filterwarnings(
    r"ignore:coroutine '(Executor\.|gather_with_cancel).* was never awaited:RuntimeWarning"
)
TROUBLE = (0.0, 0.08, 0.08, 0.3)
LIES = (0.0, 0.0, 0.08)
PER_CHUNK = 60
BY_HYPOTHESIS = 60
VERIFIED_PER_CHUNK = 200
VERIFIED_BY_HYPOTHESIS = 2000
WELL_FORMED = {
    "DateTime": st.just(nodes.String("2026-03-04T10:00:00+08:00")),
    "Date": st.just(nodes.String("2026-03-04")),
    "_Any": st.just(parse_value('{ __typename: "Studio", id: "x" }')),
}
BOTH = build_schema(), build_schema()
"""One each: what an engine keeps with a schema is its own."""


def _world(number: int) -> World:
    dice = Random(number)  # noqa: S311 - invented data
    return World(number, dice.choice(TROUBLE), dice.choice(LIES), sparing=dice.random() < 0.5)


def _viewer(number: int) -> Viewer:
    return VIEWERS[number % len(VIEWERS)]


def _operation(number: int) -> Operation:
    return Writer(BOTH[0], Random(number), asked, most_fields=30).write()  # noqa: S311 - as above


async def _difference(operation: Operation, number: int) -> str | None:
    world, viewer = _world(number), _viewer(number)
    found = await ours(engine_over(BOTH[0], sources_of(world)), operation, viewer)
    expected = await cores(engine_over(BOTH[1], sources_of(world)), BOTH[1], operation, viewer)
    return difference(expected, found)


async def _compare(operation: Operation, number: int) -> None:
    different = await _difference(operation, number)
    if different is not None:

        async def differs(text: str) -> bool:
            return await _difference(Operation(text, operation.variables), number) is not None

        small = await reduced(BOTH[0], operation.text, differs)
        different = await _difference(Operation(small, operation.variables), number)
        told = f"number {number}, {_world(number)}, {_viewer(number)}: {different}"
        pytest.fail(f"{told}\n{small}\n{operation.variables}", pytrace=False)


@pytest.mark.parametrize("chunk", CHUNKS)
async def test_generated_operations_answer_as_graphql_core_does(chunk: int) -> None:
    """Data and errors of our engine are graphql-core's, whatever the sources do."""
    for number in numbers(chunk, PER_CHUNK):
        await _compare(_operation(number), number)


@pytest.mark.verify
@pytest.mark.parametrize("chunk", VERIFIED_CHUNKS)
async def test_many_more_operations_answer_as_graphql_core_does(chunk: int) -> None:
    """The same with other numbers every time."""
    for number in numbers(chunk, VERIFIED_PER_CHUNK, random_base()):
        await _compare(_operation(number), number)


async def _compare_written(document: DocumentNode, number: int) -> None:
    filled = replaced(BOTH[0], document, Random(number))  # noqa: S311 - as above
    assert not validate(BOTH[0], filled)  # ours would refuse it, and graphql-core's ``execute`` not look
    await _compare(Operation(print_ast(filled), {}), number)


def _exploring(examples: int, *, derandomize: bool) -> settings:
    """Without what depends on time, and without shrinking: ``reduced`` does that, and knows what it shrinks."""
    return settings(
        max_examples=examples,
        derandomize=derandomize,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


WRITTEN = queries(BOTH[0], custom_scalars=WELL_FORMED, print_ast=lambda document: document)


@_exploring(BY_HYPOTHESIS, derandomize=True)
@given(WRITTEN, st.integers(0, 2**40))
async def test_what_hypothesis_graphql_writes_answers_as_graphql_core_does(document: DocumentNode, number: int) -> None:
    """The same for operations by other hands."""
    await _compare_written(document, number)


@pytest.mark.verify
@_exploring(VERIFIED_BY_HYPOTHESIS, derandomize=False)
@given(WRITTEN, st.integers(0, 2**40))
async def test_much_that_hypothesis_graphql_writes_answers_alike(document: DocumentNode, number: int) -> None:
    """The same with others every time."""
    await _compare_written(document, number)


async def test_lists_in_lists_come_to_no_limit() -> None:
    """An operation that ours would refuse for its size, which graphql-core does not look at, tells nothing."""
    span = '(from: "2026-03-01T00:00:00+08:00", to: "2026-03-20T00:00:00+00:00")'
    text = f"schedule{span} {{ attendees {{ organization {{ name }} }} }}"
    for _ in range(3):
        text = f"schedule{span} {{ attendees {{ organization {{ {text} }} }} }}"

    assert await _difference(Operation(f"{{ {text} }}", {}), 2) is None


async def test_an_outage_is_no_reason_to_fall_back() -> None:
    """Sources that fail all over cause no fallback that the same operations would not cause in good health."""
    counted = []
    for trouble in (0.0, 0.9):
        before = FALLBACKS.copy()
        for number in range(50):
            engine = engine_over(BOTH[0], sources_of(World(number, trouble)))
            await ours(engine, _operation(number), _viewer(number))
        counted.append(FALLBACKS - before)

    assert counted[0] == counted[1]
