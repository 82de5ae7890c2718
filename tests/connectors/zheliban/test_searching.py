"""What the citizen app finds for a search over all platforms."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.errors import PlatformError
from connectors.ports import SearchSource
from connectors.records.knowledge import KnowledgeArticle
from connectors.records.page import Page, PageArgs
from connectors.records.question import Moderation, Question, Visibility
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Ask
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.searching import KnowledgeSearch, QuestionSearch

Asking = Callable[..., Ask]
FIVE = PageArgs(first=5)
EVERYTHING = tuple(SearchKind)


@pytest.fixture
def questions(platform: SimpleNamespace) -> SearchSource:
    """The search over questions."""
    return QuestionSearch(platform.questions)


@pytest.fixture
def knowledge(platform: SimpleNamespace) -> SearchSource:
    """The search over the knowledge base."""
    return KnowledgeSearch(platform.knowledge)


async def found(source: SearchSource, text: str, ask: Ask, page: PageArgs = FIVE) -> Page[SearchHit]:
    """A page of what the words find."""
    [answer] = await source.list_search_hits([SearchQuery(text=text, kinds=EVERYTHING)], page, ask)
    assert isinstance(answer, Page)
    return answer


async def test_only_published_questions_are_found(
    questions: SearchSource, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Not even the asker finds a private one; what is found is whole, with its score."""
    private = [one for one in asked if one.visibility is Visibility.PRIVATE][:20]

    hits = (await found(questions, "租房合同没到期", asking())).nodes
    assert hits
    assert {hit.kind for hit in hits} == {SearchKind.QUESTION}
    assert all(isinstance(hit.node, Question) and hit.node.moderation is Moderation.PUBLISHED for hit in hits)
    assert all(0 < hit.score <= 1 for hit in hits)
    for one in private:
        told = (await found(questions, one.title[:50], asking(), PageArgs(first=100))).nodes
        assert one.id not in {getattr(hit.node, "key", None) for hit in told}


async def test_articles_are_found_by_chinese_words(knowledge: SearchSource, asking: Asking) -> None:
    """In best order, a page at a time."""
    first = await found(knowledge, "孩子上小学要怎么报名", asking())
    second = await found(knowledge, "孩子上小学要怎么报名", asking(), PageArgs(first=5, after=first.end))

    assert {type(hit.node) for hit in first.nodes} == {KnowledgeArticle}
    scores = [hit.score for page in (first, second) for hit in page.nodes]
    assert scores == sorted(scores, reverse=True)
    assert not {hit.node for hit in first.nodes} & {hit.node for hit in second.nodes}


async def test_what_is_not_looked_for_costs_no_call(
    questions: SearchSource, knowledge: SearchSource, sandbox: SandboxApp, asking: Asking
) -> None:
    """Each of several queries keeps its place."""
    queries = [
        SearchQuery(text="学区", kinds=(SearchKind.STUDIO, SearchKind.QUESTION)),
        SearchQuery(text="学区", kinds=(SearchKind.KNOWLEDGE_ARTICLE,)),
    ]

    nothing, articles = await knowledge.list_search_hits(queries, FIVE, asking())
    [none] = await questions.list_search_hits(queries[1:], FIVE, asking())

    assert nothing == none == Page(edges=(), has_next=False)
    assert isinstance(articles, Page)
    assert articles.nodes
    assert sandbox.calls["articles.search"] == 1
    assert sandbox.calls["questions.search"] == 0


async def test_one_service_answers_while_the_other_is_ill(
    questions: SearchSource, knowledge: SearchSource, sandbox: SandboxApp, asking: Asking
) -> None:
    """The failure stands in its own list."""
    sandbox.faults.put(Fault(FaultKind.HTTP500, "articles.search"))

    [broken] = await knowledge.list_search_hits([SearchQuery(text="学区", kinds=EVERYTHING)], FIVE, asking())
    whole = await found(questions, "租房合同没到期", asking())

    assert isinstance(broken, PlatformError)
    assert whole.nodes
