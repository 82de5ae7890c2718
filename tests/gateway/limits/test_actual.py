"""What an answer came to is never more than what was reckoned before."""

import asyncio
from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from connectors.deadline import Deadline
from connectors.viewer import ANYONE, Ask
from gateway.execution.operation import Caller, GraphQLRequest, Language, Outcome
from tests.stack import Gateway, Sandbox, operation, span

SETTINGS = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a failure tells its numbers; running hundreds more to make them smaller tells no more
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PAGES = st.integers(min_value=1, max_value=12)
CIRCLE = """
query ($n: Int!, $m: Int!) {
  studios(first: $n) {
    edges { node { id ...people } }
    nodes { ...people statistics { followers } }
  }
}
fragment people on Studio {
  region { code parent { code } }
  members(first: $m) { ...page }
  convener { studios { id members(first: $m) { ...page } } }
}
fragment page on MemberConnection { pageInfo { endCursor } nodes { id sector { code } official { id } } }
"""
QUESTIONS = """
query ($n: Int!, $m: Int!) {
  studios(first: $n) {
    nodes { questions(first: $m) { totalCount nodes { id asker { displayName } replies { body author { id } } } } }
  }
}
"""


async def run(gateway: Gateway, document: str, **variables: Any) -> Outcome:
    """One operation by nobody in particular."""
    caller = Caller(Ask(ANYONE, Deadline.after(20)), Language.EN, "", may_write=False)
    async with asyncio.timeout(20):
        return await gateway.parts.engine(GraphQLRequest(document, variables=variables), caller)


def objects(data: Any) -> Iterator[Any]:
    """Every object of an answer but the root."""
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict):
            yield value
        if isinstance(value, dict | list):
            yield from objects(value)


def claim_reckoned(outcome: Outcome) -> None:
    """No more points than were reckoned with, and no more objects, of which a plan makes equal ones once."""
    assert outcome.cost is not None
    data = msgspec.json.decode(outcome.data) if isinstance(outcome.data, msgspec.Raw) else outcome.data
    there = sum(1 for _ in objects(data))
    assert 0 < there <= outcome.cost.estimated
    assert 0 < outcome.cost.actual <= outcome.cost.estimated


@SETTINGS
@given(n=PAGES, m=PAGES)
async def test_pages_in_pages(gateway: Gateway, n: int, m: int) -> None:
    """With fragments on studios and on pages, in edges and in nodes."""
    claim_reckoned(await run(gateway, CIRCLE, n=n, m=m))


@SETTINGS
@given(n=PAGES, m=PAGES)
async def test_questions_of_studios(gateway: Gateway, n: int, m: int) -> None:
    """With lists in them that no argument bounds."""
    claim_reckoned(await run(gateway, QUESTIONS, n=n, m=m))


async def test_what_front_ends_ask(sandbox: Sandbox, gateway: Gateway) -> None:
    """Pages as they are asked for, with ranges and with what nobody may see."""
    found = await gateway.query("{ studios(first: 1) { nodes { id } } }")
    studio = found["data"]["studios"]["nodes"][0]["id"]

    for outcome in (
        await run(gateway, operation("01"), first=20),
        await run(gateway, operation("02"), id=studio, **span(sandbox.world)),
        await run(gateway, operation("19"), text="医保", first=10),
        await run(gateway, operation("23"), regionCode="331002", **span(sandbox.world, 31)),
    ):
        claim_reckoned(outcome)
