"""The schema whose fields are invented, and the mark on what is answered from it."""

from typing import Any

import msgspec
from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, build_schema, is_abstract_type

from gateway.execution.operation import Caller, Execute, GraphQLRequest, Outcome
from gateway.mock.objects import TOP, Invented, Inventor
from schema.languages import sdl


def mock_schema() -> GraphQLSchema:
    """The whole schema, each field read from an inventor: no declaration is left, so nothing is asked of a platform."""
    schema = build_schema(sdl("en"))
    inventor = Inventor(schema, _words())

    def resolve(owner: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        at = owner if isinstance(owner, Invented) else TOP
        return inventor.value(at, info.field_name, info.return_type, arguments)

    for kind in schema.type_map.values():
        if is_abstract_type(kind):
            kind.resolve_type = lambda value, *_: value.type_name
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                field.resolve = resolve
    return schema


def marked(execute: Execute) -> Execute:
    """Says of every answer that it is invented: ``extensions.mock``."""

    async def told(request: GraphQLRequest, caller: Caller) -> Outcome:
        outcome = await execute(request, caller)
        return msgspec.structs.replace(outcome, extensions={**outcome.extensions, "mock": True})

    return told


def _words() -> dict[str, str]:
    """How fields are described in Chinese, which is what a page shows."""
    chinese = build_schema(sdl("zh"))
    return {
        f"{kind.name}.{name}": field.description or name
        for kind in chinese.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
    }
