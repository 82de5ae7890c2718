"""graphql-core's ``execute``, on plans: the same signature, the same answers.

For schemas of any kind, with resolvers by hand; the gateway itself runs by ``engine.py``. It is how the plans are held
against graphql-core's own tests. A result is given at once where no resolver has to be awaited, as graphql-core does.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeGuard

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLFieldResolver,
    GraphQLSchema,
    GraphQLTypeResolver,
    assert_valid_schema,
)
from graphql import execute as execute_by_graphql_core
from graphql.execution import ExecutionHooks, Executor, Middleware
from graphql.pyutils import AbortSignal

from gateway.execution.byhand import ByHand
from gateway.execution.collect import NotPlannedError, deciding_variables
from gateway.execution.fallback import FALLBACKS
from gateway.execution.planning import Plan, Planner
from gateway.execution.run import Run
from gateway.execution.spots import TOP
from gateway.execution.together import resumed
from gateway.execution.walk import walked


def execute(  # noqa: PLR0917 - the signature is graphql-core's
    schema: GraphQLSchema,
    document: DocumentNode,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: dict[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    subscribe_field_resolver: GraphQLFieldResolver | None = None,
    max_coercion_errors: int = 50,
    enable_early_execution: bool = False,  # noqa: FBT001, FBT002 - as above
    middleware: Middleware | None = None,
    executor_class: type[Executor[Any]] | None = None,
    is_awaitable: Callable[[Any], TypeGuard[Awaitable[Any]]] | None = None,
    is_async_iterable: Callable[[Any], Any] | None = None,
    hide_suggestions: bool = False,  # noqa: FBT001, FBT002 - as above
    abort_signal: AbortSignal | None = None,
    hooks: ExecutionHooks | None = None,
    **custom: Any,
) -> ExecutionResult | Awaitable[ExecutionResult]:
    """Execute an operation; see ``graphql.execute``."""
    given: dict[str, Any] = {
        "subscribe_field_resolver": subscribe_field_resolver,
        "max_coercion_errors": max_coercion_errors,
        "enable_early_execution": enable_early_execution,
        "middleware": middleware,
        "executor_class": executor_class,
        "is_awaitable": is_awaitable,
        "is_async_iterable": is_async_iterable,
        "hide_suggestions": hide_suggestions,
        "abort_signal": abort_signal,
        "hooks": hooks,
        **custom,
    }
    common = (
        schema,
        document,
        root_value,
        context_value,
        variable_values,
        operation_name,
        field_resolver,
        type_resolver,
    )
    prepared = _prepared(common, given)
    if isinstance(prepared, ExecutionResult):
        return prepared
    if isinstance(prepared, str):  # called outside any handler: a recursion's frames must not be kept
        FALLBACKS[prepared] += 1
        return execute_by_graphql_core(*common, **given)
    plan, executor = prepared
    run = Run(
        context_value,
        executor.variable_values,
        root_value,
        ByHand(executor),
        awaited=False,
        is_awaitable=executor.is_awaitable,
        is_async_iterable=executor.is_async_iterable,
    )
    answered: ExecutionResult | Awaitable[ExecutionResult] = resumed(_answer(plan, run))
    return answered


def _prepared(common: tuple[Any, ...], given: dict[str, Any]) -> tuple[Plan, Executor[Any]] | ExecutionResult | str:
    """The plan; the result where the request is refused; the reason where graphql-core has to run it."""
    named = ("max_coercion_errors", "is_awaitable", "is_async_iterable", "hide_suggestions")
    try:
        _refuse_what_is_special(given)
        assert_valid_schema(common[0])
        executor = Executor.build(*common, **{name: given[name] for name in named})
        return ExecutionResult(None, executor) if isinstance(executor, list) else (_plan(executor), executor)
    except NotPlannedError as error:
        return str(error)


_SPECIAL = ("middleware", "executor_class", "abort_signal", "hooks")


def _refuse_what_is_special(given: dict[str, Any]) -> None:
    known = {
        "is_async_iterable",
        *_SPECIAL,
        "is_awaitable",
        "subscribe_field_resolver",
        "max_coercion_errors",
        "enable_early_execution",
        "hide_suggestions",
    }
    for name, value in given.items():
        if name not in known:
            raise NotPlannedError("custom arguments")
        if name in _SPECIAL and value is not None:
            raise NotPlannedError(name)


def _plan(executor: Executor[Any]) -> Plan:
    operation, fragments = executor.operation, executor.fragment_definitions
    if any(executor.schema.get_directive(name) for name in ("defer", "stream")):
        raise NotPlannedError("incremental delivery")
    if not executor.error_propagation:
        raise NotPlannedError("error propagation disabled")
    names = deciding_variables(operation, fragments.values())
    coerced = executor.variable_values.coerced
    flags = {name: coerced[name] for name in names if coerced.get(name) is not None}
    try:
        return Planner(
            executor.schema,
            operation,
            fragments,
            flags,
            declared=False,
            structs=False,
            field_resolver=executor.field_resolver,
            type_resolver=executor.type_resolver,
        ).plan()
    except RecursionError:
        raise NotPlannedError("nested too deeply") from None


async def _answer(plan: Plan, run: Run) -> ExecutionResult:
    outs = plan.root.run(run, [run.root], [TOP])
    [out] = await outs if plan.root.waits else outs
    if not run.spoiled:
        return ExecutionResult(out, None)
    data, errors = walked(run, out, plan.root)
    return ExecutionResult(data, errors or None)
