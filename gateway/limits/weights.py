"""What one field costs, and how long its list can be: read from its declaration.

How an engine reckons the actual cost, level by level: for each field that leads to objects, ``weight_of(field)`` times
the objects it was read on, and ``OBJECT`` for every object that stands behind it (none for null). Fields that lead to
values cost ``weight_of(field)`` times the objects, which is nothing for most: an engine may sum those up once when it
compiles. An object that stands in several places may be counted once, if it is made once. With no more rows than were
reckoned with, that is never above the estimate.
"""

from graphql import GraphQLField, get_nullable_type, is_list_type

from schema.declarations import UNSAID, ListSize
from schema.fields import declaration_of

OBJECT = 1
"""Points for each object of an answer, whatever its type. A value costs nothing by itself."""


def weight_of(field: GraphQLField) -> int:
    """The points for reading the field on one object."""
    declaration = declaration_of(field)
    return 0 if declaration is None else declaration.weight


def size_of(field: GraphQLField) -> ListSize | None:
    """How long the list is; None where the field leads to one object, and is no connection."""
    declaration = declaration_of(field)
    said = UNSAID if declaration is None else declaration.size
    return said if is_list_type(get_nullable_type(field.type)) or said.slicing else None
