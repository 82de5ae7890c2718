"""The directives that are told: as the specification has them, not as graphql-core runs ahead of it."""

from graphql import DirectiveLocation, GraphQLDeprecatedDirective, GraphQLDirective, GraphQLSchema

_PLACES = (
    DirectiveLocation.FIELD_DEFINITION,
    DirectiveLocation.ARGUMENT_DEFINITION,
    DirectiveLocation.INPUT_FIELD_DEFINITION,
    DirectiveLocation.ENUM_VALUE,
)
_DEPRECATED = GraphQLDirective(**GraphQLDeprecatedDirective.to_kwargs() | {"locations": _PLACES})


def as_specified(schema: GraphQLSchema) -> GraphQLSchema:
    """Tell ``@deprecated`` without the place that libraries of front ends do not know; answers the same schema."""
    schema.directives = tuple(
        _DEPRECATED if directive.name == _DEPRECATED.name else directive for directive in schema.directives
    )
    return schema
