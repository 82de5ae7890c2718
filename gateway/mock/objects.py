"""Invents objects: which one stands where, and which page of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
)

from connectors.refusals import RefusedError
from gateway.mock.leaves import leaf_of, number_of
from schema.federation import identifier_in
from schema.identifiers import global_id, parsed_id
from schema.paging import MOST_ROWS, page_of

_MOST_IN_ALL = 45
"""Objects of a type, and rows of the longest list: enough to turn pages, few enough to meet again."""
_MOST_IN_A_ROW = 3
_PAGING = {"first", "after"}
_SEVERAL = {"ids", "representations"}


@dataclass(frozen=True, slots=True)
class Invented:
    """An object; ``key`` tells it from others of its type, ``given`` holds what is not to be invented."""

    type_name: str
    key: str
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def seed(self) -> str:
        """What its values are invented from."""
        return f"{self.type_name}:{self.key}"


TOP = Invented("Query", "")


class Inventor:
    """Of one schema. ``words`` tells what a field (``Type.field``) is described by."""

    def __init__(self, schema: GraphQLSchema, words: Mapping[str, str]) -> None:
        self._schema = schema
        self._words = words

    def value(self, owner: Invented, name: str, kind: Any, arguments: Mapping[str, Any]) -> Any:
        """What a field of an object holds. Raises ``RefusedError`` for an id nobody made, or a page too large."""
        inner = get_nullable_type(kind)
        if name in owner.given:
            return owner.given[name]
        if name == "id":
            return global_id(owner.type_name, owner.key)
        if is_leaf_type(inner):
            return leaf_of(inner, owner.seed, name, self._words.get(f"{owner.type_name}.{name}", name))
        return self._below(owner, name, inner, arguments)

    def _below(self, owner: Invented, name: str, kind: Any, arguments: Mapping[str, Any]) -> Any:
        if "id" in arguments:
            return self._by_id(arguments["id"], kind)
        several = arguments.keys() & _SEVERAL
        if several:
            return self._by_ids(arguments[several.pop()], get_nullable_type(kind.of_type))
        asked = sorted((key, value) for key, value in arguments.items() if key not in _PAGING)
        seed = f"{owner.seed}.{name}{asked or ''}"
        if "first" in arguments and not is_list_type(kind):
            return self._page(kind, seed, arguments)
        made = self._made(kind, seed, name, self._words.get(f"{owner.type_name}.{name}", name))
        return made[: arguments.get("first")] if is_list_type(kind) else made

    def _made(self, kind: Any, seed: str, name: str, words: str) -> Any:
        if is_list_type(kind):
            inner, length = get_nullable_type(kind.of_type), 1 + number_of(seed) % _MOST_IN_A_ROW
            return [self._made(inner, f"{seed}.{at}", name, words) for at in range(length)]
        if is_leaf_type(kind):
            return leaf_of(kind, seed, name, words)
        return self._one(kind, seed, number_of(seed) % _MOST_IN_ALL)

    def _one(self, kind: GraphQLNamedType, seed: str, number: int) -> Invented:
        """One object: of those that have an id there are few, which are met again; others are their owner's."""
        if is_abstract_type(kind):
            possible = self._schema.get_possible_types(kind)
            return self._one(possible[number % len(possible)], seed, number)
        found = isinstance(kind, GraphQLObjectType) and "id" in kind.fields
        return Invented(kind.name, str(number + 1) if found else f"{number_of(seed):x}")

    def _page(self, kind: Any, seed: str, arguments: Mapping[str, Any]) -> Invented:
        page = page_of(arguments, with_total=True)
        after = page.after or "0"
        if not (after.isascii() and after.isdigit()):
            raise RefusedError("BAD_CURSOR")
        total, begin = number_of(seed) % (_MOST_IN_ALL + 1), int(after)
        positions = range(min(begin, total), min(begin + page.first, total))
        fields = kind.fields
        inner = get_nullable_type(get_nullable_type(fields["nodes"].type).of_type)
        edge = get_nullable_type(get_nullable_type(fields["edges"].type).of_type)
        shift = number_of(seed, "from")
        nodes = [self._one(inner, f"{seed}.{at}", (shift + at) % _MOST_IN_ALL) for at in positions]
        cursors = [str(at + 1) for at in positions]
        info = {
            "hasNextPage": positions.stop < total,
            "hasPreviousPage": False,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        }
        edges = [
            Invented(edge.name, f"{seed}.{cursor}", {"cursor": cursor, "node": node})
            for cursor, node in zip(cursors, nodes, strict=True)
        ]
        return Invented(
            kind.name,
            seed,
            {"nodes": nodes, "edges": edges, "pageInfo": Invented("PageInfo", seed, info), "totalCount": total},
        )

    def _by_ids(self, identifiers: Sequence[Any], kind: Any) -> list[Any]:
        if len(identifiers) > MOST_ROWS:
            raise RefusedError("PAGE_TOO_LARGE", most=MOST_ROWS)
        return [self._by_id(one if isinstance(one, str) else identifier_in(one), kind) for one in identifiers]

    def _by_id(self, identifier: str, kind: Any) -> Any:
        try:
            type_name, key = parsed_id(identifier)
        except RefusedError as error:
            return error
        possible = self._schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        if type_name not in {one.name for one in possible}:
            return RefusedError("BAD_ID")
        return Invented(type_name, key)
