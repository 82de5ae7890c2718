"""Decides, without words yet, what an error of the executor is: its code, its facts, what of it a caller may see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import GraphQLError, GraphQLSyntaxError

from auth.store import StoreUnavailableError
from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from gateway.errors.reasons import without_values
from gateway.errors.registry import REGISTRY
from gateway.errors.requests import INTERNAL_ERROR

# graphql-core marks neither kind, so its sentences tell them apart (execution/values.py, execution/executor.py)
_COERCION = re.compile(
    r"(Variable '\$\w+' (has invalid |expected value of type )"
    r"|Variable values are |Too many errors processing variables)"
)
_ARGUMENT = re.compile(r"Argument '[^']+' (of required type |of non-null type |has invalid (default )?value)")
_RAISED = ", but encountered error '"  # what a scalar raised at the caller's value
_RESOLUTION = re.compile(r"(Must provide an operation|Must provide operation name|Unknown operation named )")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one error is.

    ``reason`` is graphql-core's own English sentence, kept where the caller's document or variables are at fault, but
    for their values;
    ``cause`` is what failed, for the log only.
    """

    code: str
    error: GraphQLError
    facts: Mapping[str, str | int] = field(default_factory=dict)
    platform: str | None = None
    reason: str | None = None
    cause: Exception | None = None


def verdict_on(error: GraphQLError, *, executed: bool) -> Verdict:
    """Judge one error; what nobody planned for is ``INTERNAL_ERROR``, whatever it says of itself."""
    cause = _root_of(error)
    if isinstance(cause, PlatformError) and cause.code in REGISTRY:
        return Verdict(cause.code, error, facts=cause.facts, platform=cause.platform, cause=cause)
    if isinstance(cause, RefusedError) and cause.code in REGISTRY:
        return Verdict(cause.code, error, facts=cause.facts)
    if isinstance(cause, StoreUnavailableError):
        return Verdict("STORE_UNAVAILABLE", error)
    if not executed:
        return _of_request(error, cause)
    raised = error.original_error
    if isinstance(raised, GraphQLError) and _ARGUMENT.match(raised.message):
        return Verdict("BAD_USER_INPUT", error, reason=without_values(raised.message))
    return Verdict(INTERNAL_ERROR, error, cause=cause)


def _of_request(error: GraphQLError, cause: Exception) -> Verdict:
    """An error before execution: the executor's own code if it set one, else by graphql-core's kinds."""
    if not isinstance(cause, GraphQLError) and _RAISED not in error.message:
        return Verdict(INTERNAL_ERROR, error, cause=cause)
    return Verdict(_kind_of(error), error, reason=without_values(error.message))


def _kind_of(error: GraphQLError) -> str:
    marked = (error.extensions or {}).get("code")
    if isinstance(marked, str) and marked in REGISTRY:
        return marked
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    if _COERCION.match(error.message):
        return "BAD_USER_INPUT"
    return "OPERATION_RESOLUTION_FAILURE" if _RESOLUTION.match(error.message) else "GRAPHQL_VALIDATION_FAILED"


def _root_of(error: GraphQLError) -> Exception:
    """What was raised at first: graphql-core wraps an error once for its place and again for its variable."""
    root: Exception = error
    while isinstance(root, GraphQLError) and root.original_error is not None:
        root = root.original_error
    return root
