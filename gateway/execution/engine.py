"""Runs operations over the schema: parse and validate once, then execute by graphql-core."""

from collections.abc import Awaitable
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
)
from graphql.utilities import get_operation_ast

from connectors.refusals import RefusedError
from connectors.viewer import Ask
from gateway.execution.documents import Documents
from gateway.execution.operation import Caller, GraphQLRequest, NotAllowedByMethodError, Outcome
from gateway.execution.size import MOST_VALUES, most_values
from schema.context import Context, Links
from schema.loaders import Loaders, Sources


class Engine:
    """One per process. ``links`` makes the addresses of files."""

    def __init__(self, schema: GraphQLSchema, sources: Sources, links: Links) -> None:
        self._schema = schema
        self._documents = Documents(schema)
        self.sources = sources
        self._links = links

    def context(self, ask: Ask) -> Context:
        """What resolvers find at hand: fresh for every request."""
        return Context(ask, Loaders(self.sources, ask), self._links)

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> Outcome:
        """Run one request; see ``operation.Execute``."""
        document = self._documents.read(request.query)
        if document.parsed is None or document.errors:
            return Outcome(executed=False, errors=document.errors)
        operation = get_operation_ast(document.parsed, request.operation_name)
        refusal = _refusal(operation, request.operation_name) or self._too_large(document.parsed, operation, request)
        if refusal is not None:
            return Outcome(executed=False, errors=(refusal,))
        if not caller.may_write and operation is not None and operation.operation is not OperationType.QUERY:
            raise NotAllowedByMethodError
        result: Any = execute(
            self._schema,
            document.parsed,
            context_value=self.context(caller.ask),
            variable_values=request.variables,
            operation_name=request.operation_name,
        )
        return _outcome(await result if isinstance(result, Awaitable) else result)

    def _too_large(
        self, document: DocumentNode, operation: OperationDefinitionNode | None, request: GraphQLRequest
    ) -> GraphQLError | None:
        if operation is None or most_values(self._schema, document, operation, request.variables or {}) <= MOST_VALUES:
            return None
        refused = RefusedError("OPERATION_TOO_LARGE", most=MOST_VALUES)
        return GraphQLError(refused.code, operation, original_error=refused)


def _refusal(operation: OperationDefinitionNode | None, name: str | None) -> GraphQLError | None:
    if operation is None:
        wanted = f"Unknown operation named {name!r}." if name else "Name the operation to run: operationName."
        return GraphQLError(wanted, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})
    if operation.operation is OperationType.SUBSCRIPTION:
        return GraphQLError("Subscriptions are not answered here.", extensions={"code": "OPERATION_NOT_SUPPORTED"})
    return None


def _outcome(result: ExecutionResult) -> Outcome:
    """Errors without any data and without a path came before execution: the variables did not fit."""
    errors = tuple(result.errors or ())
    executed = result.data is not None or any(error.path for error in errors)
    return Outcome(executed=executed, data=result.data, errors=errors)
