"""Public answers, counted by origin."""

from prometheus_client import CollectorRegistry, generate_latest

from gateway.execution.answers import Answers
from gateway.execution.operation import GraphQLRequest
from gateway.execution.settings import AnswersSettings
from gateway.metrics.answers import AnswersServed
from tests.gateway.execution.invented import QUERY, Engine, caller, is_query, read_at


async def test_a_scrape_tells_where_public_answers_came_from() -> None:
    """And what keeping them takes."""
    answers = Answers(Engine(read_at(until=1e9)), is_query, AnswersSettings())
    registry = CollectorRegistry()
    registry.register(AnswersServed(answers))

    for _ in range(3):
        await answers(GraphQLRequest(QUERY), caller())
    page = generate_latest(registry).decode()

    assert 'tongxin_public_answers_total{origin="kept"} 2.0' in page
    assert 'tongxin_public_answers_total{origin="run"} 1.0' in page
    assert 'tongxin_public_answers_total{origin="shared"} 0.0' in page
    assert "tongxin_kept_answers 1.0" in page
    assert f"tongxin_kept_answers_bytes {float(answers.kept.bytes)}" in page
