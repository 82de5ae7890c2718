"""Descriptions in two languages: the types are described in English, and told again in Chinese from beside it."""

from functools import lru_cache
from typing import Any

from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
)

from schema.build import build_schema
from schema.costs import printed
from schema.deprecations import Part, deprecation_of
from schema.fields import CHINESE, DeclaredField
from schema.scalars import CHINESE_OF_SCALARS


def describe_in_chinese(schema: GraphQLSchema) -> GraphQLSchema:
    """Put the Chinese descriptions in place of the English ones, in the schema given; answers the same schema."""
    for graphql_type in schema.type_map.values():
        if graphql_type.name.startswith("__"):
            continue
        graphql_type.description = _of_type(graphql_type) or graphql_type.description
        for field in getattr(graphql_type, "fields", {}).values():
            _describe(field)
            for argument in getattr(field, "args", {}).values():
                _describe(argument)
        for choice in getattr(graphql_type, "values", {}).values():
            choice.description = choice.extensions.get(CHINESE) or choice.description
    return schema


def _describe(part: Part) -> None:
    part.description = _of_part(part) or part.description
    deprecated = deprecation_of(part)
    if deprecated is not None:
        part.deprecation_reason = deprecated.reason("zh")


def _of_type(graphql_type: GraphQLNamedType) -> str | None:
    definition: Any = (graphql_type.extensions or {}).get("strawberry-definition")
    if graphql_type.name in CHINESE_OF_SCALARS:
        return CHINESE_OF_SCALARS[graphql_type.name]
    origin = getattr(definition, "origin", None) or getattr(definition, "wrapped_cls", None)
    found: str | None = getattr(origin, CHINESE, None) or (graphql_type.extensions or {}).get(CHINESE)
    return found


def _of_part(part: Part) -> str | None:
    definition: Any = (part.extensions or {}).get("strawberry-definition")
    if isinstance(definition, DeclaredField):
        return definition.declaration.zh
    metadata = getattr(definition, "metadata", None) or {}
    found: str | None = metadata.get(CHINESE)
    return found


@lru_cache(maxsize=1)
def chinese_schema() -> GraphQLSchema:
    """The whole schema as ``build.shared_schema``, described in Chinese; nobody changes it."""
    return describe_in_chinese(build_schema())


@lru_cache(maxsize=2)
def sdl(language: str) -> str:
    """The whole schema as SDL, with its descriptions in ``en`` or ``zh``."""
    return printed(chinese_schema() if language == "zh" else build_schema()) + "\n"
