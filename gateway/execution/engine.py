"""Runs operations over the schema: everything that can be known of one is worked out once, then it runs as a plan.

What a plan cannot do runs on graphql-core, counted with its reason (``fallback.py``), and answers the same.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute,
)
from graphql.execution.values import VariableValues

from connectors.provenance import CacheState
from connectors.tracing import note_of_request, spanned
from connectors.viewer import Ask, Viewer
from gateway.execution.byhand import ByHandAgain, telling
from gateway.execution.collect import NotPlannedError
from gateway.execution.compiled import CompiledOperation
from gateway.execution.counts import EngineCounts
from gateway.execution.documents import Documents
from gateway.execution.fallback import FALLBACKS
from gateway.execution.lives import Happened
from gateway.execution.operation import (
    Caller,
    Cost,
    GraphQLRequest,
    Language,
    NotAllowedByMethodError,
    Outcome,
    ReadAt,
    Spoiled,
)
from gateway.execution.planning import Plan
from gateway.execution.run import Run
from gateway.execution.spoiling import spoiled_in
from gateway.execution.spots import TOP
from gateway.execution.walk import walked
from gateway.limits.cost import check_cost
from gateway.limits.rates import Rates, Reserved
from gateway.limits.settings import LimitSettings
from schema.context import Context, Links, Writer
from schema.loaders import Loaders, Sources
from schema.personal import Disclosed

_encode = msgspec.json.Encoder().encode
_NOT_ONE_ANSWER = GraphQLError(
    "A subscription is more than one answer.", extensions={"code": "OPERATION_NOT_SUPPORTED"}
)


class Ready(NamedTuple):
    """A request that may be run: nothing is wrong with its document, its variables and its cost."""

    request: GraphQLRequest
    compiled: CompiledOperation
    variables: VariableValues


class Engine:
    """One per process.

    Args:
        schema: what operations are validated and run against.
        sources: who answers which port.
        links: makes the addresses of files.
        limits: what one operation may ask for.
        disclosed: told of personal data that an operation showed whole.
        told_to: of which schema introspection tells whom, in which language; of the same where not said.
        writer: makes what a request's mutations are carried out by; without it none are.
        rates: take what operations cost from what their callers may use up.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        sources: Sources,
        links: Links,
        limits: LimitSettings | None = None,
        *,
        disclosed: Callable[[Viewer, str, Disclosed], None] | None = None,
        told_to: Callable[[Viewer, Language], GraphQLSchema] | None = None,
        writer: Callable[[Caller], Writer] | None = None,
        rates: Rates | None = None,
    ) -> None:
        self._schema = schema
        self._limits = limits or LimitSettings()
        self.documents = Documents(schema, self._limits)
        self.sources = sources
        self._links = links
        self._disclosed = disclosed
        self._writer = writer
        self._rates = rates
        self._told_to = told_to or (lambda _, __: schema)
        self.counts = EngineCounts()
        self.on_spoiled: Callable[[tuple[Spoiled, ...]], None] = lambda _: None

    def context(self, ask: Ask, writer: Writer | None = None) -> Context:
        """What a run finds at hand: fresh for every request."""
        return Context(ask, Loaders(self.sources, ask, self._limits.max_calls), self._links, writer)

    def compiled(self, request: GraphQLRequest) -> CompiledOperation | GraphQLError | tuple[GraphQLError, ...]:
        """The operation that was asked for, ready to run; or why it is not."""
        document = self.documents.read(request.query)
        return document.errors or document.operation(self._schema, request.operation_name)

    def is_public(self, request: GraphQLRequest) -> bool:
        """Whether it is a valid query; see ``answers.IsPublic``."""
        compiled = self.compiled(request)
        return isinstance(compiled, CompiledOperation) and compiled.is_query

    def ready(self, request: GraphQLRequest) -> Ready | Outcome:
        """Hold a request against schema and limits: what can be run, or why it cannot."""
        compiled = self.compiled(request)
        if not isinstance(compiled, CompiledOperation):
            return self._refused(compiled if isinstance(compiled, tuple) else (compiled,))
        variables = compiled.variables(request.variables)
        if isinstance(variables, list):
            return self._refused(tuple(variables))
        refusal = check_cost(compiled.estimate, variables.coerced, self._limits, compiled.node)
        if refusal is not None:
            return self._refused((refusal,))
        return Ready(request, compiled, variables)

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> Outcome:
        """Run one request; see ``operation.Execute``."""
        with spanned("graphql.plan"):
            ready = self.ready(request)
        if isinstance(ready, Outcome):
            return ready
        note_of_request("graphql.operation.type", value=ready.compiled.node.operation.value)
        if ready.compiled.is_subscription:
            return self._refused((_NOT_ONE_ANSWER,))
        if not caller.may_write and not ready.compiled.is_query:
            raise NotAllowedByMethodError
        reserved = self.reserve(ready, caller.ask.viewer)
        with spanned("graphql.execute"):
            outcome = await self.run(ready, caller)  # whoever hangs up meanwhile has used up all of it
        if reserved is not None and outcome.cost is not None:
            reserved.settle(outcome.cost.actual or outcome.cost.estimated)
        return outcome

    def reserve(self, ready: Ready, viewer: Viewer) -> Reserved | None:
        """Take the points it may cost from its caller's; None where nothing limits them. Raises ``TooOftenError``."""
        if self._rates is None or viewer.client_id is None:
            return None
        return self._rates.reserve(viewer, ready.compiled.estimate.points(ready.variables.coerced))

    async def run(self, ready: Ready, caller: Caller, happened: Happened | None = None) -> Outcome:
        """Run what is ready; of a subscription, for one thing that happened."""
        writer = self._writer(caller) if self._writer is not None and caller.may_write else None
        context = self.context(caller.ask, writer)
        try:
            return await self._run(ready, context, caller.language, happened)
        finally:
            context.loaders.cancel()
            if context.disclosed and self._disclosed is not None:
                self._disclosed(context.viewer, caller.trace_id, context.disclosed)

    def _refused(self, errors: tuple[GraphQLError, ...]) -> Outcome:
        self.counts.refused += 1
        return Outcome(executed=False, errors=errors)

    async def _run(self, ready: Ready, context: Context, language: Language, happened: Happened | None) -> Outcome:
        data: msgspec.Raw | dict[str, Any] | None
        counts = self.counts
        request, compiled, variables = ready
        try:
            plan = compiled.plan(variables)
        except NotPlannedError as error:
            FALLBACKS[str(error)] += 1
            counts.fallbacks += 1
            data, errors = await self._by_graphql_core(compiled, request, context, language, happened)
            points = 0
        else:
            resolving = (
                ByHandAgain(compiled.executor, context, variables, self._told_to(context.viewer, language))
                if plan.by_hand
                else None
            )
            run = Run(context, variables, happened, resolving=resolving)
            data, errors = await answer_of(plan, run)
            points = run.points
            counts.planned += 1
        counts.spoiled += bool(errors)
        counts.points += points
        counts.reads += len(context.loaders.reads)
        cost = Cost(compiled.estimate.points(variables.coerced), points)
        reads = tuple([ReadAt(place.path, provenance) for place, provenance in context.loaders.reads])
        return Outcome(
            executed=True,
            data=data,
            errors=tuple(errors),
            reads=reads,
            cost=cost,
            deprecated=compiled.deprecated,
            spoiled=self._spoiled(compiled, errors, reads) if errors or _any_stale(reads) else (),
        )

    def _spoiled(
        self, compiled: CompiledOperation, errors: list[GraphQLError], reads: tuple[ReadAt, ...]
    ) -> tuple[Spoiled, ...]:
        """What ill platforms did to this answer, told to who counts it."""
        spoiled = spoiled_in(self._schema, compiled.node, compiled.fragments, errors, reads)
        if spoiled:
            self.on_spoiled(spoiled)
        return spoiled

    async def _by_graphql_core(
        self,
        compiled: CompiledOperation,
        request: GraphQLRequest,
        context: Context,
        language: Language,
        happened: Happened | None,
    ) -> tuple[dict[str, Any] | None, list[GraphQLError]]:
        result: Any = execute(
            self._schema,
            compiled.document,
            happened,
            context_value=context,
            variable_values=request.variables,
            operation_name=request.operation_name,
            executor_class=telling(self._told_to(context.viewer, language)),
        )
        done: ExecutionResult = await result if isinstance(result, Awaitable) else result
        return done.data, done.errors or []


def _any_stale(reads: tuple[ReadAt, ...]) -> bool:
    for read in reads:  # noqa: SIM110 - any() takes twice as long, and every request comes by here
        if read.provenance.state is CacheState.STALE:
            return True
    return False


async def answer_of(plan: Plan, run: Run) -> tuple[msgspec.Raw | dict[str, Any] | None, list[GraphQLError]]:
    """Run a plan: the data, as JSON where nothing failed, and the errors."""
    outs = plan.root.run(run, [run.root], [TOP])
    [out] = await outs if plan.root.waits else outs
    return (msgspec.Raw(_encode(out)), []) if not run.spoiled else walked(run, out, plan.root)
