"""What fields cost, in the schema's text: the directives ``@cost`` and ``@listSize``, made from the declarations.

They mean what they mean in "GraphQL Cost Directives" (IBM's draft, which other gateways and their tools read), and
stand only where a field differs from what holds without them: an object costs a point, a value none.
"""

import json
from collections.abc import Iterator
from typing import Any

from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    ObjectTypeDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
    print_schema,
)

from schema.declarations import UNSAID
from schema.fields import declaration_of

_NAMES = GraphQLList(GraphQLNonNull(GraphQLString))

COST = GraphQLDirective(
    "cost",
    [DirectiveLocation.FIELD_DEFINITION],
    {"weight": GraphQLArgument(GraphQLNonNull(GraphQLString), description="Points, a number.")},
    description="What reading the field on one object costs, beside the point of each object it leads to.",
)
LIST_SIZE = GraphQLDirective(
    "listSize",
    [DirectiveLocation.FIELD_DEFINITION],
    {
        "assumedSize": GraphQLArgument(GraphQLInt, description="Rows, where no argument says how many."),
        "slicingArguments": GraphQLArgument(_NAMES, description="Arguments that say how many rows are asked for."),
        "sizedFields": GraphQLArgument(_NAMES, description="Where these rows stand, if not in the field itself."),
        "requireOneSlicingArgument": GraphQLArgument(
            GraphQLBoolean, default_value=True, description="Whether one of these arguments has to be given."
        ),
    },
    description=f"How many rows a list is reckoned with before it is read; {UNSAID.most} where nothing is said.",
)


def printed(schema: GraphQLSchema) -> str:
    """The schema as SDL, with what its fields cost; graphql-core prints definitions only, so these are put in."""
    text = print_schema(schema)
    pieces: list[str] = []
    begin = 0
    for end, said in _ends(text, schema):
        pieces += [text[begin:end], said]
        begin = end
    return "".join(pieces) + text[begin:]


def _ends(text: str, schema: GraphQLSchema) -> Iterator[tuple[int, str]]:
    """Where in the text a field ends of which something is to be said, in order."""
    for definition in parse(text).definitions:
        if isinstance(definition, ObjectTypeDefinitionNode):
            fields = _fields(schema, definition.name.value)
            for node in definition.fields or ():
                said = "".join(_said(fields[node.name.value]))
                if said and node.loc is not None:
                    yield node.loc.end, said


def _said(field: GraphQLField) -> Iterator[str]:
    declaration = declaration_of(field)
    if declaration is None:
        return
    if declaration.weight:
        yield f' @cost(weight: "{declaration.weight}")'
    size = declaration.size
    if is_list_type(get_nullable_type(field.type)):
        # an argument that is a list itself is counted too, for which the directive has no words
        if size.most != UNSAID.most and not size.page:
            yield f" @listSize(assumedSize: {size.most})"
    elif size.slicing:
        where = json.dumps(_pages(get_named_type(field.type)))
        slicing = json.dumps([size.slicing])
        yield f" @listSize(assumedSize: {size.most}, slicingArguments: {slicing}, sizedFields: {where})"


def _pages(connection: Any) -> list[str]:
    """The fields of a connection in which its rows stand."""
    declarations = {name: declaration_of(field) for name, field in connection.fields.items()}
    return [name for name, declaration in declarations.items() if declaration is not None and declaration.size.page]


def _fields(schema: GraphQLSchema, type_name: str) -> dict[str, GraphQLField]:
    fields: dict[str, GraphQLField] = getattr(schema.type_map[type_name], "fields", {})
    return fields
