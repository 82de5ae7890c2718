"""An operation that could cost too much, or answer too much, is told so with what it may cost."""

from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, parse

from connectors.refusals import RefusedError
from gateway.limits.cost import check_cost
from gateway.limits.estimate import estimated
from gateway.limits.settings import LimitSettings
from schema.build import shared_schema

SCHEMA = shared_schema()
TEXT = "query ($n: Int!) { studios(first: $n) { nodes { id name phone address category introduction } } }"


def refusal(variables: dict[str, Any], text: str = TEXT, **limits: Any) -> tuple[str, dict[str, Any]] | None:
    """The code and facts it is refused with."""
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    estimate = estimated(SCHEMA, document, operation)
    error: GraphQLError | None = check_cost(estimate, variables, LimitSettings(**limits), operation)
    if error is None:
        return None
    assert isinstance(error.original_error, RefusedError)
    return error.original_error.code, dict(error.original_error.facts)


def test_the_cost_follows_the_variables() -> None:
    """The same operation is answered for a small page and refused for a large one."""
    assert refusal({"n": 98}, max_cost=100) is None
    assert refusal({"n": 99}, max_cost=100) == ("OPERATION_TOO_COSTLY", {"cost": 101, "most": 100})


def test_values_are_bounded_too() -> None:
    """They cost no points, but somebody has to write and to read them; that is told first."""
    text = TEXT.replace("introduction", "introduction a: name b: name c: name d: name")

    assert refusal({"n": 90}, text, max_values=1000) is None
    assert refusal({"n": 91}, text, max_values=1000, max_cost=100) == ("OPERATION_TOO_LARGE", {"most": 1000})


def test_without_variables_as_much_as_there_can_be_is_reckoned() -> None:
    """A variable that was not sent is refused elsewhere; here it must not make the operation look cheap."""
    assert refusal({}, max_cost=100) == ("OPERATION_TOO_COSTLY", {"cost": 102, "most": 100})
