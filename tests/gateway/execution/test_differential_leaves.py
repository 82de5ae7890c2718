"""Every scalar and enum with every raw value that was thought of, in every wrapping: a table, nothing generated."""

from typing import Any

import pytest
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, parse

from tests.gateway.execution.awkward.raw import RIGHT, WRONG
from tests.gateway.execution.awkward.schema import LEAVES, WRAPPINGS
from tests.gateway.execution.differential.comparing import Answer, difference
from tests.gateway.execution.differential.engines import CORE, OURS

VALUES: tuple[Any, ...] = (
    *(value for values in RIGHT.values() for value in values),
    *WRONG,
    None,
    ValueError("said so"),
)


def _list_of(value: Any) -> list[Any]:
    return [1, value, "a", value]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_leaf_is_shown_as_graphql_core_shows_it(leaf: Any, wrapping: str) -> None:
    """Alone, between others in a list, and in lists of lists; of both engines, at once."""
    kind = WRAPPINGS[wrapping](leaf)
    of = GraphQLObjectType("Of", {"it": GraphQLField(kind, resolve=lambda parent, _: parent[0])})
    forms = [form for value in VALUES for form in (value, _list_of(value))]
    if "Grid" in wrapping:
        forms = [form for value in VALUES for form in ([_list_of(value), value], _list_of(value))]
    row = GraphQLObjectType(
        "Query", {f"f{at}": GraphQLField(of, resolve=lambda _, __, form=form: [form]) for at, form in enumerate(forms)}
    )
    schema = GraphQLSchema(row)
    text = f"{{ {' '.join(f'f{at} {{ it }}' for at in range(len(forms)))} }}"

    answers = []
    for execute in (CORE, OURS):
        result: Any = execute(schema, parse(text))
        answers.append(Answer(result.data, result.errors or ()))

    assert difference(*answers) is None
