"""Writes operations by dice: valid ones, with whatever the language has that can stand in a selection.

Aliases, the same field twice with different selections, named and inline fragments on every type that overlaps,
``@skip`` and ``@include``, values as literals, variables and defaults, variables left out, ``__typename``, introspection.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from zlib import crc32

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    parse,
    validate,
)
from graphql.utilities import do_types_overlap

from tests.gateway.execution.differential.values import Values, literal, plain, value_of

INTROSPECTION = (
    "__schema { queryType { name } types { name kind } }",
    '__type(name: "Query") { name kind fields { name type { kind name ofType { name } } } }',
)
_MOST_TRIES = 20


@dataclass(frozen=True)
class Operation:
    """Text and variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class Writer:
    """Writes one operation. ``most_fields`` is about how many it selects, ``deepest`` how far below the root."""

    schema: GraphQLSchema
    dice: Random
    values: Values = plain
    most_fields: int = 25
    deepest: int = 6
    _left: int = 0
    _variables: list[str] = field(default_factory=list)
    _given: dict[str, Any] = field(default_factory=dict)
    _fragments: list[tuple[Any, str, str]] = field(default_factory=list)

    def write(self, kind: OperationType = OperationType.QUERY) -> Operation:
        """A valid operation of that kind."""
        for _ in range(_MOST_TRIES):
            self._left = self.dice.randint(1, self.most_fields)
            self._variables, self._given, self._fragments = [], {}, []
            root = self.schema.get_root_type(kind)
            body = self._selection(root, 0)
            head = f"({', '.join(self._variables)})" if self._variables else ""
            parts = [f"{kind.value} Generated{head} {body}", *(text for _, _, text in self._fragments)]
            text = "\n".join(parts)
            if not validate(self.schema, parse(text)):  # two types' fields of one name may not merge
                return Operation(text, self._given)
        raise AssertionError("no valid operation came of so many tries")

    def _selection(self, parent: Any, depth: int) -> str:
        parts = [self._part(parent, depth) for _ in range(self.dice.randint(1, 5)) if self._left > 0]
        if depth == 0 and self.dice.random() < 0.03:
            parts.append(self.dice.choice(INTROSPECTION))
        return f"{{ {' '.join(parts or ['__typename'])} }}"

    def _part(self, parent: Any, depth: int) -> str:
        chance = self.dice.random()
        if chance < 0.06:
            return f"__typename{self._directives()}"
        if chance < (0.45 if is_abstract_type(parent) else 0.14) and depth < self.deepest:
            return self._fragment(parent, depth)
        return self._field(parent, depth)

    def _field(self, parent: Any, depth: int) -> str:
        named = [
            (name, found)
            for name, found in getattr(parent, "fields", {}).items()
            if depth < self.deepest or is_leaf_type(get_named_type(found.type))
        ]
        if not named:
            return "__typename"
        self._left -= 1
        name, found = self.dice.choice(named)
        arguments = self._arguments(name, found)
        # what stands under one key is always the same field with the same arguments
        aliased = bool(arguments) or self.dice.random() < 0.2
        key = f"{name}_{crc32(arguments.encode()):x}: {name}" if aliased else name
        inner = get_named_type(found.type)
        below = "" if is_leaf_type(inner) else f" {self._selection(inner, depth + 1)}"
        return f"{key}{arguments}{self._directives()}{below}"

    def _fragment(self, parent: Any, depth: int) -> str:
        fitting = [kind for kind in self._composites() if do_types_overlap(self.schema, kind, parent)]
        known = [name for kind, name, _ in self._fragments if kind in fitting]
        if known and self.dice.random() < 0.3:
            return f"...{self.dice.choice(known)}{self._directives()}"
        kind = self.dice.choice(fitting)
        selection = self._selection(kind, depth)
        if self.dice.random() < 0.4:
            name = f"F{len(self._fragments)}"
            self._fragments.append((kind, name, f"fragment {name} on {kind} {selection}"))
            return f"...{name}{self._directives()}"
        condition = "" if kind is parent and self.dice.random() < 0.5 else f" on {kind}"
        return f"...{condition}{self._directives()} {selection}"

    def _composites(self) -> list[Any]:
        return [
            kind
            for kind in self.schema.type_map.values()
            if (isinstance(kind, GraphQLObjectType) or is_abstract_type(kind)) and not kind.name.startswith("__")
        ]

    def _directives(self) -> str:
        if self.dice.random() > 0.12:
            return ""
        name = self.dice.choice(("skip", "include"))
        wanted = self.dice.random() < 0.6
        flag = wanted if name == "include" else not wanted
        return f" @{name}(if: {self._placed('Boolean!', str(flag).lower(), flag)})"

    def _arguments(self, name: str, found: GraphQLField) -> str:
        written = [
            f"{argument}: {self._argument(name, argument, said)}"
            for argument, said in found.args.items()
            if is_required_argument(said) or self.dice.random() < 0.6
        ]
        return f"({', '.join(written)})" if written else ""

    def _argument(self, name: str, argument: str, said: GraphQLArgument) -> str:
        value = value_of(self.dice, said.type, self.values, name, argument)
        return self._placed(str(said.type), literal(said.type, value), value)

    def _placed(self, kind: str, written: str, value: Any) -> str:
        """Where the value stands: here, or in a variable: given, as its default, or left out."""
        chance = self.dice.random()
        if chance < 0.5:
            return written
        name = f"v{len(self._variables)}"
        if chance < 0.6 and written != "null":
            self._variables.append(f"${name}: {kind.removesuffix('!')} = {written}")
            if chance < 0.52:
                self._given[name] = None  # null in spite of the default: an error where the argument may not be
            return f"${name}"
        self._variables.append(f"${name}: {kind}")
        if chance < 0.97 or kind.endswith("!"):
            self._given[name] = value
        return f"${name}"
