"""Whether an operation may cost what it is estimated to."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode

from connectors.refusals import RefusedError
from gateway.limits.estimate import Estimate
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_cost(
    estimate: Estimate, variables: Mapping[str, Any] | None, limits: LimitSettings, operation: OperationDefinitionNode
) -> GraphQLError | None:
    """OPERATION_TOO_LARGE, OPERATION_TOO_COSTLY, or None: then it may run with these variables."""
    points, values = estimate.both(variables)
    if values > limits.max_values:
        return refused_at(operation, RefusedError("OPERATION_TOO_LARGE", most=limits.max_values))
    if points > limits.max_cost:
        return refused_at(operation, RefusedError("OPERATION_TOO_COSTLY", cost=points, most=limits.max_cost))
    return None
