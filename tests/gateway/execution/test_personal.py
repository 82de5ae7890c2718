"""Others' personal data are masked or remembered, once a level, and alike by both engines."""

from collections.abc import Callable, Sequence
from cProfile import Profile
from functools import cache
from typing import Any

import msgspec
import pytest
import strawberry
from graphql import GraphQLSchema, execute, parse
from msgspec import UNSET, UnsetType

from connectors.errors import UnreachableError
from connectors.records.record import Record
from connectors.viewer import ANYONE, Ask, PersonalClass, Role, Scope, Viewer
from gateway.execution.engine import Engine
from gateway.execution.operation import GraphQLRequest
from gateway.execution.run import Bad
from schema.declarations import Many, People, Requirement, Whose
from schema.fields import declared, described, link, value
from schema.personal import Disclosed, Personal, others_in
from schema.reading import attach_readers
from tests.gateway.execution.invented import caller

OFFICIAL = Viewer(
    person_id="p-b", roles=frozenset({Role.OFFICIAL}), scopes=frozenset({Scope.DIRECTORY_READ}), employee_code="b"
)
CITIZEN = Viewer(
    person_id="p-b", roles=frozenset({Role.CITIZEN}), scopes=frozenset({Scope.DIRECTORY_READ}), employee_code="b"
)
STAFF = Viewer(person_id="p-s", roles=frozenset({Role.STAFF}), scopes=frozenset({Scope.DUTY_READ}))
EVERYTHING = "{ people { name mobile phone score { total } } }"


class Person(Record, frozen=True):
    """Somebody; a row without a phone has it read by key."""

    key: str
    name: str | None
    mobile: str | None
    phone: str | UnsetType | None = UNSET


class Score(Record, frozen=True):
    """What somebody reached."""

    total: int


class Book:
    """A port."""

    async def list_people(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """Everybody."""
        raise AssertionError(keys, ask)

    async def load_people(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """One by one."""
        raise AssertionError(keys, ask)

    async def load_scores(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """What they reached."""
        raise AssertionError(keys, ask)


PEOPLE = [Person("a", "陈大友", "13700000000"), Person("b", "胡秀兰", "13711112222"), Person("c", None, None)]


async def list_people(keys: Sequence[str], _: Ask) -> Sequence[Any]:
    """Rows without phones."""
    return [PEOPLE for _ in keys]


async def load_people(keys: Sequence[str], _: Ask) -> Sequence[Any]:
    """The phones; that of c cannot be read."""
    phones = {"a": "0571-87050000", "b": "0571-87051111"}
    failed = UnreachableError("book", "load_people")
    return [Person(key, None, None, phones[key]) if key in phones else failed for key in keys]


async def load_scores(keys: Sequence[str], _: Ask) -> Sequence[Any]:
    """That of a is there, of b not, of c cannot be read."""
    return [{"a": Score(7), "b": None}.get(key, UnreachableError("book", "load_scores")) for key in keys]


SOURCES = {Book.list_people: list_people, Book.load_people: load_people, Book.load_scores: load_scores}
_WHOSE = Whose(People.EMPLOYEE)
_OFFICIALS = Requirement(roles=frozenset({Role.OFFICIAL}))


@described(zh="得分", en="A score.")
class ScoreType:
    """Read from ``Score``."""

    total: int | None = value("total", zh="总", en="In all.")


@described(zh="人", en="Somebody.")
class PersonType:
    """Read from ``Person``."""

    name: str | None = value("name", personal=PersonalClass.NAME, whose=_WHOSE, whole=_OFFICIALS, zh="名", en="Name.")
    mobile: str | None = value(
        "mobile", personal=PersonalClass.PHONE, whose=_WHOSE, whole=_OFFICIALS, zh="手机", en="Mobile."
    )
    phone: str | None = value(
        "phone",
        source=Book.load_people,
        requires=Requirement(Scope.DIRECTORY_READ),
        personal=PersonalClass.PHONE,
        whose=_WHOSE,
        whole=_OFFICIALS,
        zh="电话",
        en="Phone.",
    )
    score: ScoreType | None = link(
        Book.load_scores,
        requires=Requirement(Scope.DUTY_READ, roles=frozenset({Role.STAFF, Role.MEMBER})),
        personal=PersonalClass.DUTY,
        whose=Whose(People.MEMBER),
        zh="得分",
        en="Score.",
    )


@described(zh="入口", en="Where reading begins.")
class Query:
    """The root."""

    people: list[PersonType | None] | None = declared(
        Many(Book.list_people, owner=lambda *_: "all"), zh="众", en="Everybody."
    )


@cache
def graph() -> GraphQLSchema:
    """The schema, built once."""
    built: GraphQLSchema = strawberry.Schema(query=Query)._schema
    attach_readers(built)
    return built


class _Links:
    def plain(self, identifier: str) -> str:
        return identifier

    def sealed(self, identifier: str, person: str) -> str:
        return identifier + person


Answer = tuple[Any, list[Any], dict[str, set[str]]]


def seen_in(disclosed: Disclosed, viewer: Viewer) -> dict[str, set[str]]:
    """Whose data were shown whole, by field."""
    found: dict[str, set[str]] = {}
    for personal, _, keys in others_in(disclosed, viewer, (Bad, Exception)):
        found.setdefault(personal.field, set()).update(keys)
    return found


async def planned(viewer: Viewer, text: str) -> Answer:
    """By our engine."""
    told: list[Disclosed] = []
    engine = Engine(graph(), SOURCES, _Links(), disclosed=lambda _, __, disclosed: told.append(disclosed))
    outcome = await engine(GraphQLRequest(text), caller(viewer))
    assert engine.counts.planned == 1
    data = msgspec.json.decode(outcome.data) if isinstance(outcome.data, msgspec.Raw) else outcome.data
    return data, sorted(_error(one) for one in outcome.errors), seen_in(told[0], viewer) if told else {}


async def by_core(viewer: Viewer, text: str) -> Answer:
    """By graphql-core."""
    context = Engine(graph(), SOURCES, _Links()).context(caller(viewer).ask)
    result: Any = await execute(graph(), parse(text), context_value=context)
    return result.data, sorted(_error(one) for one in result.errors or ()), seen_in(context.disclosed, viewer)


def _error(error: Any) -> tuple[Any, ...]:
    facts = getattr(error.original_error, "facts", {})
    return (*error.path, getattr(error.original_error, "code", "?"), *facts.values())


engines = pytest.mark.parametrize("answered", [planned, by_core])


@engines
async def test_who_may_sees_all_and_is_remembered(answered: Callable[..., Any]) -> None:
    """For each field whose it was; the own data, nulls and errors are not told."""
    data, errors, seen = await answered(OFFICIAL, "{ people { name mobile phone } }")

    assert data["people"][0] == {"name": "陈大友", "mobile": "13700000000", "phone": "0571-87050000"}
    assert data["people"][2] == {"name": None, "mobile": None, "phone": None}
    assert [error[:4] for error in errors] == [("people", 2, "phone", "PLATFORM_UNAVAILABLE")]
    assert seen == {"PersonType.name": {"a"}, "PersonType.mobile": {"a"}, "PersonType.phone": {"a"}}


@engines
async def test_others_see_it_masked_and_their_own_whole(answered: Callable[..., Any]) -> None:
    """By the rule of each kind; nothing is remembered of what was masked."""
    data, _, seen = await answered(CITIZEN, "{ people { name mobile phone } }")

    assert data["people"] == [
        {"name": "*大友", "mobile": "137****0000", "phone": "0571****0000"},
        {"name": "胡秀兰", "mobile": "13711112222", "phone": "0571-87051111"},
        {"name": None, "mobile": None, "phone": None},
    ]
    assert seen == {}


@engines
async def test_what_is_refused_is_neither_shown_nor_remembered(answered: Callable[..., Any]) -> None:
    """A missing scope is named, and so is a missing role."""
    data, errors, seen = await answered(ANYONE, "{ people { phone score { total } } }")
    with_scope = await answered(Viewer(scopes=frozenset({Scope.DUTY_READ})), "{ people { score { total } } }")

    assert data["people"] == [{"phone": None, "score": None}] * 3
    assert ("people", 0, "phone", "FORBIDDEN", "directory:read") in errors
    assert seen == with_scope[2] == {}
    assert with_scope[1][0] == ("people", 0, "score", "FORBIDDEN_ROLE", "member, staff")


@engines
async def test_a_read_object_counts_where_it_was_there(answered: Callable[..., Any]) -> None:
    """Of three scores one is there; who asks as the member themself reads nothing of another's."""
    text = "{ people { score { total } } }"
    mine = Viewer(person_id="p-a", roles=frozenset({Role.MEMBER}), scopes=STAFF.scopes, member_key="a")

    _, errors, seen = await answered(STAFF, text)

    assert len(errors) == 1
    assert seen == {"PersonType.score": {"a"}}
    assert (await answered(mine, text))[2] == {}


async def test_both_engines_tell_the_same() -> None:
    """Data, errors and what was seen."""
    for viewer in (ANYONE, OFFICIAL, CITIZEN, STAFF):
        assert await planned(viewer, EVERYTHING) == await by_core(viewer, EVERYTHING)


def test_a_level_is_judged_once() -> None:
    """A thousand objects shown whole take the calls that ten take: nothing is asked object by object."""
    declaration = graph().type_map["PersonType"].fields["mobile"].extensions["strawberry-definition"].declaration
    personal = Personal("PersonType.mobile", declaration, _WHOSE)
    context = Engine(graph(), SOURCES, _Links()).context(caller(OFFICIAL).ask)

    def calls(size: int) -> int:
        objects = [PEOPLE[0]] * size
        values = [one.mobile for one in objects]
        profile = Profile()
        profile.runcall(personal.shown, context, objects, values)
        return sum(entry.callcount for entry in profile.getstats())

    calls(1)  # what is remembered of the context from here on

    assert calls(1000) == calls(10)
