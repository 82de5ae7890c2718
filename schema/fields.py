"""The words in which types are written: each makes a Strawberry field or type from a declaration."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLField, GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from connectors.viewer import PersonalClass, Viewer
from schema.acts import Act
from schema.declarations import (
    OPEN,
    UNSAID,
    ById,
    Declaration,
    Do,
    Found,
    Link,
    Links,
    ListSize,
    Live,
    Many,
    Read,
    Requirement,
    Source,
    Value,
    Whose,
    by_key,
)
from schema.deprecated import Deprecated
from schema.identifiers import global_id

C = TypeVar("C", bound=type)
DECLARATION = "declaration"
CHINESE = "__description_zh__"
DEPRECATED = "deprecated"


class IsRecord:
    """Says whether a record is of a type, by the record's class alone, so that an engine may ask once a class."""

    def __init__(self, kinds: Any) -> None:
        self.kinds = kinds

    def __call__(self, record: object, _: Any) -> bool:
        """Whether it is."""
        return isinstance(record, self.kinds)


class DeclaredField(StrawberryField):
    """A field that is read as its declaration says (``reading.py``), not by a resolver."""

    @property
    def declaration(self) -> Declaration:
        """What was said of it."""
        declared: Declaration = self.metadata[DECLARATION]
        return declared


def declaration_of(field: GraphQLField) -> Declaration | None:
    """What was said of a field of the built schema; None where nothing was declared (``Node.id``, introspection)."""
    definition = (field.extensions or {}).get("strawberry-definition")
    return definition.declaration if isinstance(definition, DeclaredField) else None


def declared(
    read: Read,
    *,
    zh: str,
    en: str,
    name: str | None = None,
    arguments: tuple[StrawberryArgument, ...] = (),
    requires: Requirement = OPEN,
    personal: PersonalClass = PersonalClass.NONE,
    whose: Whose | None = None,
    whole: Requirement | None = None,
    cost: int | None = None,
    size: ListSize = UNSAID,
    deprecated: Deprecated | None = None,
) -> Any:
    """A field with everything said; called as its attribute, in camel case, if it has no ``name`` of its own."""
    declaration = Declaration(read, zh, en, requires, personal, whose, whole, cost, size, deprecated)
    field = DeclaredField(graphql_name=name, description=en, metadata={DECLARATION: declaration})
    field.init = False
    field.arguments = list(arguments)
    return field


def value(
    name: str,
    *,
    zh: str,
    en: str,
    source: Source | None = None,
    key: str = "key",
    then: Callable[[Any, Any], Any] | None = None,
    requires: Requirement = OPEN,
    personal: PersonalClass = PersonalClass.NONE,
    **more: Any,
) -> Any:
    """A value of the record, or of the record ``source`` answers for the object's key."""
    return declared(Value(name, source, key, then), zh=zh, en=en, requires=requires, personal=personal, **more)


def identifier(type_name: str, *, key: str = "key") -> Any:
    """The global id."""
    read = Value(key, then=lambda found, _: global_id(type_name, found))
    return declared(read, zh="全局标识，不透明", en="Global id, opaque (Relay).")


def link(
    source: Source,
    *,
    zh: str,
    en: str,
    key: str = "key",
    carried: str | None = None,
    taken: Callable[[Mapping[str, Any]], tuple[Any, ...]] = lambda _: (),
    **more: Any,
) -> Any:
    """The object that a source answers for a key the record holds."""
    return declared(Link(source, key, carried, taken), zh=zh, en=en, **more)


def links(source: Source, *, keys: str, zh: str, en: str, **more: Any) -> Any:
    """The objects that a source answers for several keys the record holds."""
    return declared(Links(source, keys), zh=zh, en=en, **more)


def many(
    source: Source,
    *,
    zh: str,
    en: str,
    arguments: tuple[StrawberryArgument, ...] = (),
    taken: Callable[[Mapping[str, Any]], tuple[Any, ...]] = lambda _: (),
    owner: Callable[[Any, Mapping[str, Any]], Any] = by_key,
    asker: Callable[[Viewer], str | None] | None = None,
    **more: Any,
) -> Any:
    """A whole list, bounded by nature or by range."""
    return declared(Many(source, taken, owner, asker=asker), zh=zh, en=en, arguments=arguments, **more)


def by_id(types: Mapping[str, Found], *, zh: str, en: str) -> Any:
    """A root field that finds one object by its global id; it takes what all that it can find take alike."""
    identifying = argument("id", strawberry.ID, zh="全局标识", en="Its global id.")
    needs = {found.requires for found in types.values()}
    requires = needs.pop() if len(needs) == 1 else OPEN
    return declared(ById("id", types), zh=zh, en=en, requires=requires, arguments=(identifying,))


def by_ids(types: Mapping[str, Found], *, zh: str, en: str) -> Any:
    """A root field that finds objects by their global ids, each in its place."""
    identifying = argument("ids", list[strawberry.ID], zh="全局标识，最多 100 个", en="Their global ids, at most 100.")
    return declared(ById("ids", types), zh=zh, en=en, arguments=(identifying,), size=ListSize(100, slicing="ids"))


def argument(
    name: str,
    annotation: Any,
    *,
    zh: str,
    en: str,
    default: Any = strawberry.UNSET,
    deprecated: Deprecated | None = None,
) -> StrawberryArgument:
    """An argument by its GraphQL name."""
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(annotation),
        description=en,
        default=default,
        metadata={CHINESE: zh, DEPRECATED: deprecated},
    )


def optional(zh: str, en: str) -> Any:
    """A field of a filter; left out it does not matter."""
    return strawberry.field(default=strawberry.UNSET, description=en, metadata={CHINESE: zh})


def needed(zh: str, en: str) -> Any:
    """A field of an input that has to be there."""
    return strawberry.field(description=en, metadata={CHINESE: zh})


def mutation(act: Act, asked: type, *, zh: str, en: str, requires: Requirement) -> Any:
    """A mutation: its one argument ``input`` is of type ``asked``; it costs ten points, for what it may bring about."""
    given = argument("input", asked, zh="输入", en="What is asked for.")
    return declared(Do(act), name=act.name, zh=zh, en=en, requires=requires, cost=10, arguments=(given,))


def live(read: Live, *, zh: str, en: str, requires: Requirement, arguments: tuple[StrawberryArgument, ...] = ()) -> Any:
    """A subscription; its cost is that of one event."""
    return declared(read, zh=zh, en=en, requires=requires, arguments=arguments)


class _Words(str):
    """A description that carries the other language's along: Strawberry makes unions anew, and keeps only this."""

    __slots__ = (CHINESE,)


def union(name: str, *, zh: str, en: str) -> Any:
    """Name a union of types in both languages: it is written in ``Annotated``, behind the types."""
    words = _Words(en)
    setattr(words, CHINESE, zh)
    return strawberry.union(name, description=words)


def attach_words(schema: GraphQLSchema) -> None:
    """Let unions keep their Chinese words beside their description, which is then text like any other's."""
    for kind in schema.type_map.values():
        if isinstance(kind.description, _Words):
            kind.extensions[CHINESE] = getattr(kind.description, CHINESE)
            kind.description = str(kind.description)


def described(*, zh: str, en: str, of: Any = None, name: str | None = None) -> Callable[[C], C]:
    """A type with both descriptions; ``of`` names the records it is read from where an abstract type needs to know."""

    def decorate(cls: C) -> C:
        if of is not None:
            setattr(cls, "is_type_of", staticmethod(IsRecord(of)))  # noqa: B010 - mypy
        made = strawberry.type(cls, name=name, description=en)
        setattr(made, CHINESE, zh)
        return made

    return decorate
