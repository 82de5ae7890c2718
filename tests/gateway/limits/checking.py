"""What one limit says to a document."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLError, parse

from connectors.refusals import RefusedError
from gateway.limits.outline import Outline
from gateway.limits.settings import LimitSettings

Check = Callable[[Outline, LimitSettings], None]


def refusal_of(check: Check, text: str, **limits: Any) -> tuple[str, dict[str, Any]] | None:
    """The code and facts it is refused with; None when it keeps within the limit."""
    refused: GraphQLError | None = None
    try:
        check(Outline(parse(text)), LimitSettings(**limits))
    except GraphQLError as error:
        refused = error
    if refused is None:
        return None
    assert isinstance(refused.original_error, RefusedError)
    assert refused.locations
    return refused.original_error.code, dict(refused.original_error.facts)
