"""Search over the duty platform (contract/search.yaml; operation 20)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import RejectedInputError, UnexpectedAnswerError
from connectors.records.deliberation import DeliberationRef
from connectors.records.member import MemberRef
from connectors.records.page import Page, PageArgs
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.records.studio import StudioCategory, StudioRef
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.forum_stack import rows

ALL = PageArgs(first=100, with_total=True)
OURS = (SearchKind.STUDIO, SearchKind.MEMBER, SearchKind.DELIBERATION)
STUDIO = {"id": "S1", "name": "法律服务委员工作室", "category": "LAW", "regionCode": "331000"}
HIT: dict[str, Any] = {"id": "S1", "kind": "STUDIO", "score": 12.5, "studio": STUDIO}


async def found(forum: SimpleNamespace, ask: Ask, text: str, kinds: tuple[SearchKind, ...] = OURS) -> Page[SearchHit]:
    """What the words find."""
    [page] = await forum.search.list_search_hits([SearchQuery(text=text, kinds=kinds)], ALL, ask)
    assert isinstance(page, Page)
    return page


async def test_all_kinds_are_found_in_one_call(forum: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """Each hit carries what a page of hits shows, best first; kinds of other platforms are left to them."""
    page = await found(forum, ask, "椒江区", tuple(SearchKind))

    assert {hit.kind for hit in page.nodes} == {SearchKind.STUDIO, SearchKind.DELIBERATION}
    scores = [hit.score for hit in page.nodes]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    for hit in page.nodes:
        assert isinstance(hit.node, {SearchKind.STUDIO: StudioRef, SearchKind.DELIBERATION: DeliberationRef}[hit.kind])
        shown = hit.node.name if isinstance(hit.node, StudioRef) else hit.node.title
        assert "椒江" in shown
    assert page.total == len(page.nodes)
    assert dict(sandbox.calls) == {"token": 1, "search": 1}


async def test_members_are_found_by_their_names(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """All who have that name, with their sectors; one character finds a family."""
    member = world.members[7]
    name = member.person.name

    namesakes = await found(forum, ask, name)
    family = await found(forum, ask, name[0], (SearchKind.MEMBER,))

    best = [hit.node for hit in namesakes.nodes if hit.score == namesakes.nodes[0].score]
    assert {node.key for node in best} == {each.key for each in world.members if each.person.name == name}
    assert {type(node) for node in best} == {MemberRef}
    assert best[0].sector is not None
    assert family.nodes
    assert all(name[0] in hit.node.name for hit in family.nodes)


async def test_nearer_words_stand_higher(forum: SimpleNamespace, ask: Ask) -> None:
    """What holds all the words comes before what holds part of them; what holds less than half does not come."""
    page = await found(forum, ask, "小微金融服务", (SearchKind.STUDIO,))

    names = [hit.node.name for hit in page.nodes]
    assert any("小微金融" in name for name in names)
    assert all("金融" in name or "服务" in name for name in names)
    assert (await found(forum, ask, "不相干的词语")).nodes == ()


async def test_pages_go_on_where_the_last_one_ended(forum: SimpleNamespace, ask: Ask) -> None:
    """Equal scores stand by key, so that nothing is shown twice."""
    query = [SearchQuery(text="委员工作室", kinds=(SearchKind.STUDIO,))]
    whole = await found(forum, ask, "委员工作室", (SearchKind.STUDIO,))

    seen: list[SearchHit] = []
    after = None
    for _ in range(10):
        [page] = await forum.search.list_search_hits(query, PageArgs(first=7, after=after), ask)
        seen += page.nodes
        after = page.end
        if not page.has_next:
            break

    assert seen == list(whole.nodes)
    assert len(seen) == 40


async def test_what_is_not_ours_costs_no_call(forum: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """Other platforms' kinds, or nothing but blanks, find nothing; among others each query keeps its place."""
    queries = [
        SearchQuery(text="法律", kinds=(SearchKind.QUESTION, SearchKind.KNOWLEDGE_ARTICLE)),
        SearchQuery(text="法律", kinds=OURS),
        SearchQuery(text=" \n", kinds=OURS),
    ]

    others, ours, blank = await forum.search.list_search_hits(queries, ALL, ask)

    assert others == blank == Page(edges=(), has_next=False, total=0)
    assert ours.nodes
    assert sandbox.calls["search"] == 1


@pytest.mark.parametrize("text", ["公" * 51, "\u0000", "a\u200b"])
async def test_words_the_platform_refuses(text: str, forum: SimpleNamespace, ask: Ask) -> None:
    """Too many, or such as nobody can type: refused, in the query's own place."""
    [entry] = await forum.search.list_search_hits([SearchQuery(text=text, kinds=OURS)], ALL, ask)

    assert isinstance(entry, RejectedInputError)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"score": "high"}, "score"),
        ({"kind": "ROBOT"}, "kind"),
        ({"studio": [STUDIO]}, "node"),
        ({"studio": None}, "node"),
    ],
)
async def test_a_wrong_member_costs_its_field(
    changed: dict[str, Any], field: str, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """The hit's other fields, and the hits beside it, are whole; a category nobody knows is one of the others."""
    forum = forum_over(rows(HIT | changed, HIT | {"studio": STUDIO | {"category": "SPACE"}}))

    broken, right = (await found(forum, ask, "法律")).nodes

    assert isinstance(getattr(broken, field), UnexpectedAnswerError)
    fields = [name for name in SearchHit.__struct_fields__ if isinstance(getattr(broken, name), UnexpectedAnswerError)]
    assert fields == [field]
    assert (right.node.name, right.node.category) == (STUDIO["name"], StudioCategory.OTHER)
