"""Who is told of which part of the schema: introspection, the schema as a file, and the IDE that asks for them.

Only telling is decided here. A field one was not told of is read, or refused by name, like any other.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TypeVar

from graphql import GraphQLObjectType, GraphQLSchema, build_ast_schema, parse, print_ast

from auth.roles import allows
from connectors.viewer import Role, Viewer
from schema.declarations import OPEN, Requirement
from schema.directives import as_specified
from schema.fields import declaration_of
from schema.languages import chinese_schema, sdl
from schema.visible import without

MOST_KEPT = 32
"""Schemas kept; there are as many audiences as sets of scopes that matter, and few of these in use."""

T = TypeVar("T")
Hidden = frozenset[str]


class Audiences:
    """One per process.

    Args:
        schema: the whole of it.
        everybody: whether all are told everything, as front-end developers want it on the sandbox.
    """

    def __init__(self, schema: GraphQLSchema, *, everybody: bool) -> None:
        self.everybody = everybody
        self._schema = schema
        self._required = _requirements(schema)
        self._schemas: OrderedDict[tuple[Hidden, str], GraphQLSchema] = OrderedDict()
        self._texts: OrderedDict[tuple[Hidden, str], str] = OrderedDict()

    def schema_for(self, viewer: Viewer, language: str) -> GraphQLSchema:
        """The schema that introspection tells somebody of, described in ``en`` or ``zh``."""
        hidden = self.hidden_from(viewer)
        if not hidden:
            return chinese_schema() if language == "zh" else self._schema
        return _kept(self._schemas, (hidden, language), lambda: _built(self.text_for(viewer, language)))

    def text_for(self, viewer: Viewer, language: str) -> str:
        """The same as text, described in ``en`` or ``zh``."""
        hidden = self.hidden_from(viewer)
        if not hidden:
            return sdl(language)
        return _kept(self._texts, (hidden, language), lambda: print_ast(without(parse(sdl(language)), hidden)) + "\n")

    def hidden_from(self, viewer: Viewer) -> Hidden:
        """The fields (``Type.field``) that no sign-in of theirs could let them read."""
        if self.everybody or Role.OPS in viewer.roles:
            return frozenset()
        return frozenset(field for field, requires in self._required.items() if not _could(viewer, requires))


def _could(viewer: Viewer, requires: Requirement) -> bool:
    """Whether somebody may have what a field requires, with a token they could be given."""
    scope, roles = requires.scope, requires.roles
    has_scope = scope is None or viewer.holds(scope) or allows(viewer.roles, scope)
    return has_scope and (roles is None or bool(roles & viewer.roles))


def _requirements(schema: GraphQLSchema) -> Mapping[str, Requirement]:
    found = {}
    for kind in schema.type_map.values():
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            declaration = declaration_of(field)
            if declaration is not None and declaration.requires is not OPEN:
                found[f"{kind.name}.{name}"] = declaration.requires
    return found


def _built(text: str) -> GraphQLSchema:
    return as_specified(build_ast_schema(parse(text), assume_valid_sdl=True))


K = TypeVar("K")


def _kept(memory: "OrderedDict[K, T]", key: K, make: Callable[[], T]) -> T:
    if key not in memory:
        memory[key] = make()
        if len(memory) > MOST_KEPT:
            memory.popitem(last=False)
    memory.move_to_end(key)
    return memory[key]
