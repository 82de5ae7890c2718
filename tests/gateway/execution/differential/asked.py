"""What generated operations over our own schema ask for, and who asks."""

from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLEnumType,
    GraphQLNamedType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    parse_const_value,
    visit,
)
from graphql.language import Visitor

from connectors.viewer import ANYONE, Role, Scope, Viewer
from schema.identifiers import global_id
from schema.query import NODES
from tests.gateway.execution.differential.records import KEYS
from tests.gateway.execution.differential.values import literal, plain, value_of

VIEWERS = (
    ANYONE,
    Viewer(client_id="partner", roles=frozenset({Role.PARTNER}), scopes=frozenset({Scope.GRAPH_READ})),
    Viewer(
        person_id="k1",
        roles=frozenset({Role.CITIZEN, Role.MEMBER}),
        scopes=frozenset({Scope.GRAPH_READ, Scope.DUTY_READ}),
        accounts={"zheliban": "z1"},
        member_key="k2",
    ),
    Viewer(
        person_id="k3",
        roles=frozenset({Role.OFFICIAL, Role.STAFF, Role.OPS}),
        scopes=frozenset(Scope),
        accounts={"zheliban": "z3", "zhezhengding": "e3"},
        employee_code="k4",
    ),
)
_BAD_IDS = ("", "nobody", "U3R1ZGlvOg", global_id("Nothing", "k1"), "x" * 300, 7)
_GUARDED: dict[str, tuple[Any, ...]] = {
    "first": (1, 2, 3, 5, 10, 100, 0, 101, -1),
    "after": ("c1", "c2", "", "x" * 600),
    "from": ("2026-03-01T00:00:00+08:00", "2026-03-10T00:00:00Z"),
    "to": ("2026-03-12T00:00:00+08:00", "2026-03-20T00:00:00+00:00", "2026-09-01T00:00:00Z"),
    "changedSince": ("2026-03-01T00:00:00+08:00", "2026-03-10T00:00:00Z"),
    "category": ("a", "medical", "01", "", "浙里办"),
    "text": ("医保", " ", "x" * 201),
    "regionCode": ("331000", "331002", "330000", "999999"),
    "year": (2025, 2026),
    "seconds": (10, 60, 300, 5, 301),
    "search": ("医保", " ", "x" * 201),
    "topic": ("医疗", ""),
}
_DATES = ("2026-03-01", "2026-03-10", "2026-12-31")
_NAMED = {
    "organizationId": "Organization",
    "addresseeId": "Member",
    "authorId": "Member",
    "firstProposerId": "Member",
    "proposerId": "Member",
}
"""What the ids of filters name, which their fields do not say."""


def asked(dice: Random, kind: GraphQLNamedType, field: str, argument: str) -> Any:
    """A value for that argument: most find something, some are refused."""
    if kind.name == "ID":
        return _identifier(dice, _NAMED.get(argument) or field[:1].upper() + field[1:])
    if kind.name == "_Any":
        return {"__typename": (named := dice.choice(list(NODES))), "id": _identifier(dice, named)}
    if kind.name == "Date":
        return dice.choice(_DATES)
    if argument in _GUARDED and not isinstance(kind, GraphQLEnumType):
        several = _GUARDED[argument]
        return dice.choice(several[:3] if dice.random() < 0.8 else several)
    return plain(dice, kind)


def _identifier(dice: Random, wanted: str) -> Any:
    if dice.random() < 0.1:
        return dice.choice(_BAD_IDS)
    of = wanted if wanted in NODES and dice.random() < 0.9 else dice.choice(list(NODES))
    return global_id(of, dice.choice(KEYS))


def replaced(schema: GraphQLSchema, document: DocumentNode, dice: Random) -> DocumentNode:
    """The same with arguments that find something: those hypothesis-graphql thinks of never do."""
    types = TypeInfo(schema)

    class Replacing(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
            said = types.get_argument()
            if said is None:
                return None
            value = value_of(dice, said.type, asked, _name_of(types), node.name.value)
            return ArgumentNode(name=node.name, value=parse_const_value(literal(said.type, value)))

    made: DocumentNode = visit(document, TypeInfoVisitor(types, Replacing()))
    return made


def _name_of(types: TypeInfo) -> str:
    """What the field at hand is called."""
    parent, field = types.get_parent_type(), types.get_field_def()
    fields = getattr(parent, "fields", {})
    return next((name for name, found in fields.items() if found is field), "")
