"""The knowledge base: what people type finds what answers them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.knowledge import KnowledgeArticle, KnowledgeQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask

Asking = Callable[..., Ask]


@pytest.fixture
def search(platform: SimpleNamespace, asking: Asking) -> Callable[..., Any]:
    """Searches: words, and how many rows."""

    async def found(text: str | None, first: int = 10, **more: Any) -> Page[KnowledgeArticle]:
        page = PageArgs(first=first, with_total=True, **{k: v for k, v in more.items() if k == "after"})
        query = KnowledgeQuery(text=text, topic=more.get("topic"))
        (page_found,) = await platform.knowledge.list_articles([query], page, asking())
        assert isinstance(page_found, Page)
        return page_found

    return found


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("学区", {"入学学区"}),
        ("上小学", {"入学学区"}),
        ("孩子上小学要怎么报名", {"入学学区"}),
        ("信用卡 房贷", {"信用卡"}),
        ("房贷，信用卡逾期", {"信用卡"}),
        ("刚毕业想开奶茶店", {"创业贷款"}),
        ("水稻 黄斑", {"水稻病虫害"}),
        ("杨梅", {"杨梅种植"}),
        ("异地医保直接结算", {"医保结算"}),
        ("二手车 过户", {"二手车过户"}),
        ("１２３４５", {"12345热线"}),
        ("向委员提问", {"委员工作室"}),
        ("椒江区 值班日", {"委员工作室"}),
    ],
)
async def test_words_find_what_answers_them(search: Callable[..., Any], text: str, topics: set[str]) -> None:
    """The best hit is of the right topic, for single words, several and whole sentences."""
    page = await search(text)

    assert page.nodes[0].topic in topics
    scores = [row.score for row in page.edges]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("text", ["量子计算机", "quantum", "", " ", "？！", "+%", "\x00", "😀", "𠮷"])
async def test_what_stands_nowhere_finds_nothing(search: Callable[..., Any], text: str) -> None:
    """An empty page, and no error."""
    page = await search(text)

    assert (page.nodes, page.total, page.has_next) == ((), 0, False)


async def test_the_exact_question_comes_first(search: Callable[..., Any]) -> None:
    """Who types an article's own question gets it as the best."""
    (first, *_) = (await search("高血压")).nodes

    page = await search(first.question)

    assert page.nodes[0].question == first.question
    assert page.edges[0].score > 0.9


async def test_pages_go_on_and_are_counted(search: Callable[..., Any]) -> None:
    """No gaps, no doubles, and the total only when asked for."""
    whole = await search("怎么", 100)
    found: list[Any] = []
    after = None
    while True:
        page = await search("怎么", 7, after=after)
        found += page.nodes
        after = page.end
        if not page.has_next:
            break

    assert [row.key for row in found] == [row.key for row in whole.nodes]
    assert whole.total == len(found) > 14


async def test_a_topic_alone_lists_its_articles(search: Callable[..., Any]) -> None:
    """By views, the most read first; with words, within the topic."""
    page = await search(None, topic="医保结算")
    within = await search("怎么办", topic="医保结算")
    everything = await search(None, 100)

    assert {row.topic for row in (*page.nodes, *within.nodes)} == {"医保结算"}
    views = [row.views for row in everything.nodes]
    assert views == sorted(views, reverse=True)
    assert page.total < everything.total


async def test_a_search_is_one_call_and_its_words_stand_in_no_address(
    platform: SimpleNamespace, asking: Asking
) -> None:
    """Operation 19: one call; words with ``+`` and ``%`` too (wire-formats B3); kept for whoever asks next."""
    query, page = KnowledgeQuery(text="社保 100%+"), PageArgs(first=5)
    (found,) = await platform.knowledge.list_articles([query], page, asking())

    (again,) = await platform.knowledge.list_articles([query], page, asking("somebody"))

    (request,) = platform.requests
    assert again == found
    assert found.total is None
    assert (request.method, request.url.query) == ("POST", b"")


async def test_articles_are_read_by_key(platform: SimpleNamespace, search: Callable[..., Any], asking: Asking) -> None:
    """The same as a search shows; None for an unknown one."""
    page = await search("学区", 3)
    keys = [row.key for row in page.nodes]

    answers = await platform.knowledge.load_articles([*keys, "K-none"], asking())

    assert list(answers) == [*page.nodes, None]


async def test_a_broken_field_costs_itself(answered: Callable[..., SimpleNamespace], asking: Asking) -> None:
    """Neither the article nor the page."""
    row = {"id": "K1", "cursor": "c", "score": 0.5, "question": "q", "answer": 7, "topic": "t", "views": 1}

    (page,) = await answered(lambda _: {"rows": [row], "hasNext": False}).knowledge.list_articles(
        [KnowledgeQuery(text="a")], PageArgs(first=1), asking()
    )

    (article,) = page.nodes
    assert (article.key, article.question) == ("K1", "q")
    assert [type(each) for each in (article.answer, article.updated_at)] == [UnexpectedAnswerError] * 2
