"""Reads declared fields for graphql-core's executor, object by object; the loaders make a level of it.

An engine that compiles operations reads the same declarations level by level; this is the reading that defines
what the answer must be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping
from functools import partial
from typing import Any, assert_never

from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from schema.acts import Act, Payload
from schema.context import Context
from schema.declarations import OPEN, ById, Declaration, Do, Link, Links, Live, Many, Own, Requirement, Value
from schema.fields import DeclaredField
from schema.identifiers import parsed_id
from schema.paging import page_args
from schema.permission import refusal_of
from schema.personal import Personal, personal_of

Resolver = Callable[..., Any]


class _Later:
    """What a resolver gives to be awaited: begun when it is.

    Where a null takes a field along, graphql-core may give it up before its first step, and a coroutine that nobody
    began is warned of.
    """

    __slots__ = ("_begin",)

    def __init__(self, begin: Callable[..., Awaitable[Any]], *arguments: Any) -> None:
        self._begin = partial(begin, *arguments)

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._begin().__await__()


def attach_readers(schema: GraphQLSchema) -> None:
    """Give every declared field of the built schema its resolver."""
    for graphql_type in schema.type_map.values():
        if isinstance(graphql_type, GraphQLObjectType):
            for name, field in graphql_type.fields.items():
                definition = (field.extensions or {}).get("strawberry-definition")
                if isinstance(definition, DeclaredField):
                    field.resolve = _guarded(definition.declaration, f"{graphql_type.name}.{name}")


def _guarded(declaration: Declaration, field: str) -> Resolver:
    read = _reader(declaration)
    personal = personal_of(field, declaration)
    if personal is not None:
        read = _protected(read, personal)
    requires = declaration.requires
    if requires == OPEN:
        return read

    def guarded(parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        return read(parent, info, **arguments) if _allowed(requires, parent, info.context) else None

    return guarded


def _allowed(requires: Requirement, parent: Any, context: Context) -> bool:
    """Whether the object is seen. Raises ``RefusedError`` for who may not read the field at all."""
    refused = refusal_of(requires, context.viewer)
    if refused is not None:
        raise refused
    return requires.sees is None or requires.sees(parent, context.viewer)


def _protected(read: Resolver, personal: Personal) -> Resolver:
    def shown(parent: Any, context: Context, value: Any) -> Any:
        [told] = personal.shown(context, [parent], [value])
        return told

    async def awaited(parent: Any, context: Context, value: Awaitable[Any]) -> Any:
        return shown(parent, context, await value)

    def protected(parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        value = read(parent, info, **arguments)
        if isinstance(value, Awaitable):
            return _Later(awaited, parent, info.context, value)
        return shown(parent, info.context, value)

    return protected


def _reader(declaration: Declaration) -> Resolver:  # noqa: PLR0911 - one for each kind of read
    match declaration.read:
        case Value() as read:
            return _value_reader(read)
        case Link() as read:
            return _link_reader(read)
        case Links() as read:
            return _links_reader(read)
        case Many() as read:
            return _many_reader(read)
        case ById() as read:
            return _by_id_reader(read)
        case Own() as read:
            return _own_reader(read)
        case Do() as read:
            return _doer(read)
        case Live() as read:
            return _live_reader(read)
        case never:
            assert_never(never)


def _value_reader(read: Value) -> Resolver:
    name, source, then = read.name, read.source, read.then

    def shown(found: Any, context: Context) -> Any:
        # an error in a value's place is raised by the executor, here: schema drift costs the field
        if found is None or then is None or isinstance(found, Exception):
            return found
        return then(found, context)

    async def loaded(parent: Any, context: Context) -> Any:
        key = getattr(parent, read.key) if source else None
        if source is None or key is None or isinstance(key, PlatformError):
            return key
        return shown(read.told_by(await context.loaders.load(source, key)), context)

    def resolve(parent: Any, info: GraphQLResolveInfo[Context]) -> Any:
        carried = getattr(parent, name, UNSET)
        return _Later(loaded, parent, info.context) if carried is UNSET else shown(carried, info.context)

    return resolve


def _link_reader(read: Link) -> Resolver:
    def resolve(parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        carried = getattr(parent, read.carried, UNSET) if read.carried else UNSET
        if carried is not UNSET:
            return carried
        key = getattr(parent, read.key)
        if key is None or isinstance(key, PlatformError):
            return key
        return _Later(info.context.loaders.load, read.source, key, *read.arguments(arguments))

    return resolve


def _links_reader(read: Links) -> Resolver:
    async def one(key: Any, context: Context) -> Any:
        return key if key is None or isinstance(key, PlatformError) else await context.loaders.load(read.source, key)

    def resolve(parent: Any, info: GraphQLResolveInfo[Context]) -> Any:
        keys = getattr(parent, read.keys, None)
        return [_Later(one, key, info.context) for key in keys] if isinstance(keys, (list, tuple)) else keys

    return resolve


def _many_reader(read: Many) -> Resolver:
    def resolve(parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        taken = read.arguments(arguments)
        if read.connection:
            taken = (*taken, page_args(arguments, info))
        owner = read.key_of(parent, arguments, info.context.viewer)
        if owner is None or isinstance(owner, PlatformError):
            return owner
        return _Later(info.context.loaders.load, read.source, owner, *taken)

    return resolve


def _by_id_reader(read: ById) -> Resolver:
    async def found(given: Any, context: Context) -> Any:
        if isinstance(given, str):
            return await _find(read, given, context)
        if len(given) > read.most:
            raise RefusedError("PAGE_TOO_LARGE", most=read.most)
        # an exception in a list fails its own place only
        return await asyncio.gather(*(_find(read, one, context) for one in given), return_exceptions=True)

    def resolve(_parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        return _Later(found, arguments[read.argument], info.context)

    return resolve


def _own_reader(read: Own) -> Resolver:
    def resolve(_parent: Any, info: GraphQLResolveInfo[Context]) -> Any:
        key = read.key(info.context.ask.viewer)
        return None if key is None else _Later(info.context.loaders.load, read.source, key)

    return resolve


def _doer(read: Do) -> Resolver:
    def resolve(_parent: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        return _Later(done, info.context, read.act, arguments["input"], str(info.path.key))

    return resolve


def _live_reader(read: Live) -> Resolver:
    """The parent is what happened."""

    def resolve(parent: Any, info: GraphQLResolveInfo[Context], **_: Any) -> Any:
        return _Later(info.context.loaders.load, read.source, parent.key)

    return resolve


async def done(context: Context, act: Act, given: Mapping[str, Any], place: str) -> Payload:
    """Carry an act out. What was read before it in the same request is read again where it is asked for after it."""
    if context.writer is None:
        raise RuntimeError("nothing is written here")
    try:
        return await context.writer.perform(act, given, place)
    finally:
        context.loaders.forget()


async def _find(read: ById, identifier: str, context: Context) -> Any:
    type_name, key = parsed_id(identifier)
    found = read.types.get(type_name)
    if found is None:
        raise RefusedError("BAD_ID")
    refused = refusal_of(found.requires, context.viewer)
    if refused is not None:
        raise refused
    try:
        return await context.loaders.find(found.source, key)
    except PlatformError:
        if found.stand_in is None:
            raise
        return found.stand_in(key)
