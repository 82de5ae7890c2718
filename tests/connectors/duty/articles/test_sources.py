"""Articles as the graph gets them (contract/articles.yaml; domain-terms section 7a)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec import UNSET

from connectors.errors import NotFoundError, UnexpectedAnswerError
from connectors.records.article import Article, ArticleKind, ArticleQuery
from connectors.records.page import Page, PageArgs
from connectors.records.rich_text import RichText
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.forum_stack import items, rows

ALL = PageArgs(first=100, with_total=True)
ROW: dict[str, Any] = {
    "id": "AR1",
    "kind": "LIVE_REPORT",
    "title": "图文直播",
    "summary": "面对面",
    "publishedAt": "2026-11-20T08:00:00+08:00",
    "organizationCode": "GO_zx331000",
    "organizationName": "政协台州市委员会",
    "organizationLevel": "MUNICIPAL",
    "regionCode": "331000",
    "author": None,
    "hasCover": True,
    "changedAt": "2026-11-20T08:00:00+08:00",
    "withdrawnAt": None,
}
WHOLE = ROW | {
    "body": "<p>开场</p>",
    "entries": [{"postedAt": "2026-11-20T08:00:00+08:00", "body": "开始"}],
}


async def listed(forum: SimpleNamespace, ask: Ask, **query: Any) -> tuple[Article, ...]:
    """All that a query finds, up to a hundred."""
    [page] = await forum.articles.list_published_articles([ArticleQuery(**query)], ALL, ask)
    assert isinstance(page, Page)
    return page.nodes


async def test_every_kind_is_there(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """A committee publishes of each kind, the newest of this very day; a list carries no texts."""
    found = await listed(forum, ask, organization_key=world.committees[2].code)

    moments = [each.published_at for each in found]
    assert {each.kind for each in found} == set(ArticleKind)
    assert moments == sorted(moments, reverse=True)
    assert world.today - timedelta(days=1) < moments[0] <= world.today
    assert {(each.body, each.entries) for each in found} == {(UNSET, UNSET)}


async def test_the_text_comes_by_key(forum: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask) -> None:
    """All the rest is as in the list; live reports, and only they, have entries, oldest first."""
    found = await listed(forum, ask, organization_key=world.committees[2].code)

    whole = await forum.articles.load_published_articles([each.key for each in found] + ["AR0"], ask)

    assert whole.pop() is None
    for row, article in zip(found, whole, strict=True):
        assert isinstance(article.body, RichText)
        assert article.body.html.startswith("<h2>")
        assert bool(article.entries) is (article.kind is ArticleKind.LIVE_REPORT)
        times = [entry.posted_at for entry in article.entries]
        assert times == sorted(times)
        assert (article.title, article.cover_path, article.organization) == (
            row.title,
            row.cover_path,
            row.organization,
        )
    assert sandbox.calls["articles"] == 1


async def test_filters_narrow_the_list(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """Kind, division and words each leave out what they say."""
    county = world.committees[3]

    history = await listed(forum, ask, kind=ArticleKind.HISTORY, region_key="331000")
    own = await listed(forum, ask, region_key=county.region_code)
    words = await listed(forum, ask, text="图文直播")

    assert {each.kind for each in history} == {ArticleKind.HISTORY}
    assert len({each.organization.key for each in history}) == len(world.committees)
    assert {each.organization.key for each in own} == {county.code}
    assert {each.kind for each in words} == {ArticleKind.LIVE_REPORT}


async def test_what_was_withdrawn_is_told_as_a_change_only(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """It is in no list and unknown by key, and has a time in the list of changes."""
    changed = await listed(forum, ask, changed_since=world.today - timedelta(days=300), region_key="331002")

    [gone] = [each for each in changed if each.withdrawn_at]
    assert [each.changed_at for each in changed] == sorted(each.changed_at for each in changed)
    assert gone.key not in {each.key for each in await listed(forum, ask, region_key="331002")}
    assert await forum.articles.load_published_articles([gone.key], ask) == [None]


async def test_texts_are_cleaned(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """Whatever a platform lets through, no script of somebody's does."""
    row = WHOLE | {"body": '<p onclick="x()">好<script>alert(1)</script></p>'}

    [found] = await forum_over(items(row)).articles.load_published_articles(["AR1"], ask)

    assert found.body == RichText(html="<p>好</p>")
    assert found.cover_path == "articles/AR1/cover"


@pytest.mark.parametrize("name", sorted(set(WHOLE) - {"id", "organizationName", "organizationLevel", "regionCode"}))
async def test_a_wrong_member_costs_its_field(name: str, forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """A member that is missing, or of another type, is an error in its field; all other fields are as they were."""
    missing = {key: value for key, value in WHOLE.items() if key != name}
    [right] = await forum_over(items(WHOLE)).articles.load_published_articles(["AR1"], ask)

    for row in (missing, WHOLE | {name: [{"v": []}]}):
        [found] = await forum_over(items(row)).articles.load_published_articles(["AR1"], ask)

        [wrong] = [field for field in found.__struct_fields__ if getattr(found, field) != getattr(right, field)]
        broken = getattr(found, wrong)
        if name == "entries" and isinstance(broken, tuple):  # entries that cannot be read cost what they tell
            broken = broken[0].body
        assert isinstance(broken, UnexpectedAnswerError)


async def test_a_row_without_its_key_costs_itself(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """The rows beside it are whole."""
    nameless = {key: value for key, value in ROW.items() if key != "id"}

    [page] = await forum_over(rows(nameless, ROW)).articles.list_published_articles(
        [ArticleQuery()], PageArgs(first=5), ask
    )

    assert isinstance(page.nodes[0], UnexpectedAnswerError)
    assert page.nodes[1].key == "AR1"


async def test_a_cover_is_opened_by_its_path(forum: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """An article that has one names a path under which there is a picture; one without names none."""
    found = await listed(forum, ask)
    path = next(each.cover_path for each in found if each.cover_path)

    kind, picture = await forum.pictures.open_file(path, ask)

    assert (kind, picture[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert sandbox.calls["articles.cover"] == 1
    assert any(each.cover_path is None for each in found)
    with pytest.raises(NotFoundError):
        await forum.pictures.open_file("articles/AR0/cover", ask)
