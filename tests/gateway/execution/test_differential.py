"""Generated operations through our ``execute`` and graphql-core's, over a schema that is awkward on purpose.

Each has a number from which everything follows: the operation, the world it runs in, and what is wrong there.
"""

from random import Random

import pytest
from graphql import GraphQLSchema, OperationType

from gateway.execution.fallback import FALLBACKS
from tests.gateway.execution.awkward.schema import awkward_schema
from tests.gateway.execution.awkward.things import World
from tests.gateway.execution.differential.comparing import difference, gave_up
from tests.gateway.execution.differential.engines import CORE, OURS, Run, run_awkward
from tests.gateway.execution.differential.numbers import CHUNKS, VERIFIED_CHUNKS, numbers, random_base
from tests.gateway.execution.differential.reducing import reduced
from tests.gateway.execution.differential.writing import Operation, Writer

pytestmark = [
    # what a null took along may never be awaited; graphql-core leaves coroutines of its own behind then, too
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TROUBLE = (0.0, 0.03, 0.03, 0.2)
LATENESS = (0.0, 0.3, 1.0)
PER_CHUNK = 50
VERIFIED_PER_CHUNK = 200


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The awkward one."""
    return awkward_schema()


def _world(number: int) -> World:
    dice = Random(number)  # noqa: S311 - invented data
    return World(number, dice.choice(TROUBLE), dice.choice(LATENESS))


def _operation(schema: GraphQLSchema, number: int) -> Operation:
    kind = OperationType.MUTATION if number % 5 == 0 else OperationType.QUERY
    return Writer(schema, Random(number)).write(kind)  # noqa: S311 - as above


async def _difference(schema: GraphQLSchema, operation: Operation, number: int) -> str | None:
    expected = await run_awkward(CORE, schema, operation, _world(number))
    found = await run_awkward(OURS, schema, operation, _world(number))
    return difference(expected.answer, found.answer) or _other_manner(expected, found)


def _other_manner(expected: Run, found: Run) -> str | None:
    """Whether it came at once, and the order of what mutations did; free where a null took the rest along."""
    if gave_up(expected.answer):
        return None
    if expected.at_once != found.at_once:
        return f"at once: expected {expected.at_once}, found {found.at_once}"
    return None if expected.log == found.log else f"order: expected {expected.log}, found {found.log}"


async def _compare(schema: GraphQLSchema, number: int) -> None:
    operation = _operation(schema, number)
    different = await _difference(schema, operation, number)
    if different is not None:

        async def differs(text: str) -> bool:
            return await _difference(schema, Operation(text, operation.variables), number) is not None

        small = await reduced(schema, operation.text, differs)
        different = await _difference(schema, Operation(small, operation.variables), number)
        pytest.fail(f"number {number}, {_world(number)}: {different}\n{small}\n{operation.variables}", pytrace=False)


@pytest.mark.parametrize("chunk", CHUNKS)
async def test_generated_operations_answer_as_graphql_core_does(schema: GraphQLSchema, chunk: int) -> None:
    """Data, errors, whether the answer comes at once, and the order of mutations are graphql-core's."""
    for number in numbers(chunk, PER_CHUNK):
        await _compare(schema, number)


@pytest.mark.verify
@pytest.mark.parametrize("chunk", VERIFIED_CHUNKS)
async def test_many_more_operations_answer_as_graphql_core_does(schema: GraphQLSchema, chunk: int) -> None:
    """The same with other numbers every time."""
    for number in numbers(chunk, VERIFIED_PER_CHUNK, random_base()):
        await _compare(schema, number)


async def test_trouble_is_no_reason_to_fall_back(schema: GraphQLSchema) -> None:
    """What a plan cannot do is known from the operation: failing resolvers change nothing in it."""
    counted = []
    for trouble in (0.0, 0.5):
        before = FALLBACKS.total()
        for number in range(1, 60):
            world = World(number, trouble, 0.3)
            await run_awkward(OURS, schema, _operation(schema, number), world)
        counted.append(FALLBACKS.total() - before)

    assert counted[0] == counted[1]
