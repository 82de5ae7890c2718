"""Arguments nobody should send, to every field that takes any: each answer has a code that says what was wrong."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

from connectors.refusals import RefusedError
from schema.build import shared_schema
from schema.identifiers import global_id, parsed_id
from schema.query import NODES
from tests.gateway.execution.differential.numbers import random_base
from tests.stack import PATIENT_MS, OpenGateway, Sandbox, SignInDesk, desk_at

SCHEMA = shared_schema()
CLEAR = {
    "BAD_CURSOR",
    "BAD_ID",
    "BAD_INPUT",
    "BAD_USER_INPUT",
    "FORBIDDEN",
    "FORBIDDEN_ROLE",
    "PAGE_TOO_LARGE",
    "PLATFORM_FORBIDDEN",
    "PLATFORM_REJECTED_INPUT",
    "RANGE_TOO_WIDE",
}
TEXTS = ["", " ", "\0", "%", "'\"\\", "a" * 51, "a" * 5000, "😀", "\u202e", "*", "a,b", "&x=1", "331082", "３３", "-"]
KEYS = ["x", "a,b", "a b", "../x", "%00", "-", "市", "a" * 300, "?x=1", "a:b", "'"]
DAYS = ["0001-01-01", "9999-12-31", "2026-02-30", "2026-01-01", ""]
LARGE, SMALL = 2**31 - 1, -(2**31)
VALUES: dict[str, list[Any]] = {
    "Int": [0, -1, 1, 101, LARGE, SMALL, 9999],
    "Boolean": [True, False],
    "String": TEXTS,
    "Date": DAYS,
    "DateTime": [f"{day}T{time}" for day in DAYS for time in ("00:00:00+14:00", "23:59:59.999999-14:00", "00:00:00Z")],
    "_Any": [1, None, {}, {"__typename": "Member", "id": 1}, {"__typename": "Alert", "id": global_id("Alert", "x")}],
}
PLAUSIBLE: dict[str, Any] = {
    "first": 2,
    "year": 2026,
    "regionCode": "331082",
    "period": {"from": "2026-11-01", "to": "2026-11-10"},
    "from": "2026-11-01T00:00:00Z",
    "to": "2026-11-05T00:00:00Z",
}
STAFF = "openid graph:read duty:read directory:read office:read cockpit:read opinion:read person:lookup"
FIELDS = 60


@dataclass
class Ugly:
    """Writes operations; ``found`` are ids and cursors that are real, and mostly of something else."""

    dice: Random
    found: list[str] = field(default_factory=list)

    def value(self, kind: Any) -> Any:
        """A value of the right type, seldom of any use."""
        kind, dice = get_nullable_type(kind), self.dice
        if is_list_type(kind):
            return [self.value(kind.of_type) for _ in range(dice.choice([0, 1, 2, 101]))]
        if isinstance(kind, GraphQLEnumType):
            return dice.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            wanted = {n: f for n, f in kind.fields.items() if is_required_input_field(f) or dice.random() < 0.4}
            return {name: self.value(one.type) for name, one in wanted.items()}
        return self._identifier() if kind.name == "ID" else dice.choice(VALUES[kind.name])

    def _identifier(self) -> str:
        made = global_id(self.dice.choice(list(NODES)), self.dice.choice(KEYS))
        return self.dice.choice([made, self.dice.choice(TEXTS), self.dice.choice([*self.found, "x"])])

    def arguments(self, taken: Mapping[str, GraphQLArgument]) -> dict[str, Any]:
        """One ugly argument, and what must be beside it."""
        ugly, given = self.dice.choice(list(taken)), {}
        for name, argument in taken.items():
            if name == ugly:
                given[name] = self.value(argument.type)
            elif is_required_argument(argument):
                given[name] = PLAUSIBLE.get(name) or self.value(argument.type)
        if "after" in taken and self.dice.random() < 0.3:
            given["after"] = self.dice.choice([*TEXTS, *self.found])
        return given

    def operation(self, name: str, asked: GraphQLField, around: tuple[str, str]) -> tuple[str, dict[str, Any]]:
        """The field by itself, with its arguments as variables."""
        given = self.arguments(asked.args)
        declared = ", ".join(f"${one}: {asked.args[one].type}" for one in given)
        call = ", ".join(f"{one}: ${one}" for one in given)
        kind: Any = get_named_type(asked.type)
        chosen = "" if is_leaf_type(kind) else "{ __typename }"
        if "pageInfo" in getattr(kind, "fields", ()):
            chosen = "{ pageInfo { endCursor } edges { cursor } nodes { __typename } }"
        return f"query ({declared}) {{ {around[0]} {name}({call}) {chosen} {around[1]} }}", given


def places(found: Iterable[str]) -> Iterator[tuple[str, GraphQLField, tuple[str, str]]]:
    """Every field with arguments that a query can begin with or that stands in an object that was found."""
    kinds = {"Query": ("", ""), "Viewer": ("viewer {", "}")}
    for one in found:
        with suppress(RefusedError):
            kind, _ = parsed_id(one)
            kinds.setdefault(kind, (f'node(id: "{one}") {{ ... on {kind} {{', "} }"))
    for kind, around in kinds.items():
        owner = SCHEMA.type_map[kind]
        assert isinstance(owner, GraphQLObjectType)
        yield from ((name, asked, around) for name, asked in owner.fields.items() if asked.args)


FIND = """{ viewer { id } members(first: 1) { pageInfo { endCursor } nodes { id official { id } organization { id
        activities(first: 1) { pageInfo { endCursor } nodes { id } } oversights(first: 1) { nodes { id } } } } }
    studios(first: 1) { pageInfo { endCursor } nodes { id } } questions(first: 1) { pageInfo { endCursor } nodes { id } }
    proposals(first: 1) { pageInfo { endCursor } nodes { id } } opinionReports(first: 1) { nodes { id } }
    deliberations(first: 1) { pageInfo { endCursor } nodes { id } } workOrders(first: 1) { nodes { id } }
    readingGroups(first: 1) { nodes { id } } notices(first: 1) { pageInfo { endCursor } nodes { id } }
    grids(first: 1) { nodes { id } } search(text: "养老", first: 1) { pageInfo { endCursor } } }"""


def texts_in(answer: Any) -> Iterator[str]:
    """Every text of an answer."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, (dict, list)):
        for one in answer.values() if isinstance(answer, dict) else answer:
            yield from texts_in(one)


async def _tried(seed: int, count: int | None, sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    ugly = Ugly(Random(seed))  # noqa: S311 - invented data
    section = {"base_url": sandbox.addresses["command"], "timeout_ms": PATIENT_MS, "person_lookup": True}
    clerk = next(person.id for person in sandbox.world.officials if "staff" in person.roles)
    async with open_gateway(command=section) as gateway:
        token = await (await desk_at(sandbox, gateway)).token(clerk, "zhezhengding", STAFF)
        ugly.found += texts_in((await gateway.query(FIND, token=token))["data"])
        every = list(places(ugly.found))
        assert len(every) > FIELDS
        for name, asked, around in every if count is None else ugly.dice.sample(every, count):
            text, given = ugly.operation(name, asked, around)
            body = await gateway.query(text, given, ugly.dice.choice([token, None]))
            codes = {error["extensions"]["code"] for error in body.get("errors", ())}
            assert codes <= CLEAR, (seed, text, given, body["errors"])


@pytest.mark.parametrize("seed", range(2))
async def test_what_was_wrong_has_a_clear_code(seed: int, sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Empty, huge, negative, of another type, of another list: never an error of ours, nor a platform's breakdown."""
    await _tried(seed, FIELDS, sandbox, open_gateway)


NO_YEARS = """query ($one: ID!, $year: Int!) { dutyLeaderboard(year: $year, first: 1) { rank }
    node(id: $one) { ... on Organization { scoringScheme(year: $year) { term } sectors(term: $year) { code }
        consultationPlans(year: $year, first: 1) { totalCount } dutyLeaderboard(year: $year, first: 1) { totalCount } }
    } }"""


@pytest.mark.parametrize("year", [SMALL, -1, 0, 3000, LARGE])
async def test_no_platform_is_asked_for_a_year_that_is_none(year: int, sandbox: Sandbox, desk: SignInDesk) -> None:
    """Nor for a term that is none: each field names the argument."""
    clerk = next(person.id for person in sandbox.world.officials if "staff" in person.roles)
    token = await desk.token(clerk, "zhezhengding", "openid duty:read")
    committee = {"one": global_id("Organization", sandbox.world.committees[0].code), "year": year}
    await desk.gateway.query("query ($one: ID!) { node(id: $one) { id } }", committee, token)
    sandbox.reset()

    body = await desk.gateway.query(NO_YEARS, committee, token)

    told = [(error["extensions"]["code"], error["extensions"].get("field")) for error in body["errors"]]
    assert sorted(told) == [("BAD_INPUT", "term")] + [("BAD_INPUT", "year")] * 4
    assert not {name for name in sandbox.calls() if name.startswith("duty.")}


@pytest.mark.verify
async def test_whatever_is_sent_has_a_clear_code(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The same for every field, with other values every time."""
    base = random_base()
    for seed in range(base, base + 10):
        await _tried(seed, None, sandbox, open_gateway)
