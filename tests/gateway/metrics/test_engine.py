"""The engine's metrics."""

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from connectors.deadline import Deadline
from connectors.viewer import ANYONE, Ask
from gateway.execution.engine import Engine
from gateway.execution.operation import Caller, GraphQLRequest, Language
from gateway.metrics.engine import EngineRuns
from schema.build import build_schema


class NoLinks:
    """No file is asked for."""

    def plain(self, identifier: str) -> str:
        """Not called."""
        return identifier

    def sealed(self, identifier: str, person: str) -> str:
        """Not called."""
        return identifier + person


async def test_each_operation_is_counted_by_what_ran_it() -> None:
    """A plan, or nothing where it was refused; a document is compiled once and remembered then."""
    engine = Engine(build_schema(), {}, NoLinks())
    caller = Caller(Ask(ANYONE, Deadline.after(5)), Language.EN, "0" * 32, may_write=True)
    registry = CollectorRegistry()
    registry.register(EngineRuns(engine))

    for query in ("{ __typename }", "{ __typename }", "{ nothing }", '{ node(id: "?") { id } }'):
        await engine(GraphQLRequest(query), caller)
    page = generate_latest(registry).decode()

    assert 'tongxin_operations_total{by="plan"} 3.0' in page
    assert 'tongxin_operations_total{by="refused"} 1.0' in page
    assert "tongxin_operations_with_errors_total 1.0" in page
    assert "tongxin_documents_compiled_total 3.0" in page
    assert "tongxin_documents_remembered_total 1.0" in page
