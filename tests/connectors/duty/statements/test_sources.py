"""Statements as the graph gets them (contract/statements.yaml; domain-terms section 7a)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.member import MemberRef
from connectors.records.page import Page, PageArgs
from connectors.records.question import PublicPerson
from connectors.records.statement import Expert, Statement, StatementState
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.forum_stack import items, owned

ALL = PageArgs(first=100, with_total=True)
ROW: dict[str, Any] = {
    "id": "DL1-00001",
    "deliberationId": "DL1",
    "body": "建议增设公交专用道。",
    "postedAt": "2026-11-20T08:00:00+08:00",
    "likes": 3,
    "author": {"kind": "MEMBER", "id": "M1", "name": "王大友", "sectorCode": "ECONOMY", "sectorName": "经济界"},
    "state": "PUBLISHED",
    "changedAt": "2026-11-20T08:00:00+08:00",
    "withdrawnAt": None,
}


def open_key(world: World, at: int = 0) -> str:
    """The key of an open online deliberation; the first committee's is the busiest."""
    return f"DL{world.committees[at].region_code}005"


async def test_newest_first_in_one_call_for_all(
    forum: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """A page per deliberation, newest first; who speaks is of every kind; an unknown one has none (operation 12)."""
    keys = [open_key(world), open_key(world, 1), "DL0"]

    busy, quiet, none = await forum.statements.list_deliberation_statements(keys, ALL, ask)

    assert (busy.total, none) == (435, Page(edges=(), has_next=False, total=0))
    for page in (busy, quiet):
        moments = [each.posted_at for each in page.nodes]
        assert moments == sorted(moments, reverse=True)
        assert all(each.state is StatementState.PUBLISHED and each.body for each in page.nodes)
    assert {type(each.author) for each in busy.nodes} == {MemberRef, Expert, PublicPerson, type(None)}
    assert sandbox.calls["deliberations.statements"] == 1


async def test_the_count_is_the_deliberations_own(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """What a deliberation says it has is what its list counts, whichever was asked first."""
    keys = [open_key(world, at) for at in range(4)]
    before = await forum.deliberations.load_deliberations(keys, ask)

    pages = await forum.statements.list_deliberation_statements(keys, PageArgs(first=1, with_total=True), ask)

    assert [page.total for page in pages] == [each.statement_count for each in before]


async def test_pages_go_on_where_the_last_one_ended(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """All pages together hold each statement once; by key they are the same."""
    key, seen, after = open_key(world), [], None
    while True:
        [page] = await forum.statements.list_deliberation_statements([key], PageArgs(first=100, after=after), ask)
        seen += page.nodes
        after = page.end
        if not page.has_next:
            break

    again = await forum.statements.load_statements([each.key for each in seen[:100]], ask)

    assert len({each.key for each in seen}) == len(seen) == 435
    assert again == seen[:100]


async def test_nobody_sees_what_waits_or_was_refused(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """By its key a statement that is not published is unknown, to everybody."""
    [page] = await forum.statements.list_deliberation_statements([open_key(world, 1)], ALL, ask)
    numbers = [int(each.key[-5:]) for each in page.nodes]
    hidden = [n for n in range(1, max(numbers) + 4) if n not in numbers]

    found = await forum.statements.load_statements([f"{open_key(world, 1)}-{n:05d}" for n in hidden], ask)

    assert len(hidden) >= 3
    assert set(found) == {None}


async def test_changes_go_on_behind_a_cursor(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """Whoever follows a deliberation sees what was published or withdrawn, each once, in that order (operation 13)."""
    key, since = open_key(world), world.today - timedelta(days=2)
    [first] = await forum.statements.list_statement_changes([key], since, PageArgs(first=20), ask)
    [rest] = await forum.statements.list_statement_changes([key], since, PageArgs(first=100, after=first.end), ask)
    [all_time] = await forum.statements.list_statement_changes([key], world.today - timedelta(days=60), ALL, ask)

    moments = [each.changed_at for each in first.nodes + rest.nodes]
    assert moments == sorted(moments)
    assert min(moments) >= since
    assert len({each.key for each in first.nodes + rest.nodes}) == len(moments) > 20
    assert all_time.total == 435 + 435 // 40


async def test_a_withdrawn_one_has_no_text_and_no_author(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """That it was taken down is told; what it said, and who said it, is not."""
    since = world.today - timedelta(days=60)
    pages, after = [], None
    for _ in range(5):
        [page] = await forum.statements.list_statement_changes(
            [open_key(world)], since, PageArgs(first=100, after=after), ask
        )
        pages.append(page)
        after = page.end

    gone = [each for page in pages for each in page.nodes if each.withdrawn_at]
    assert len(gone) == 435 // 40
    assert all((each.body, each.author, each.changed_at) == ("", None, each.withdrawn_at) for each in gone)


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ({"kind": "EXPERT", "name": "李文博", "title": None}, Expert(name="李文博", title=None)),
        ({"kind": "CITIZEN", "displayName": "*大友"}, PublicPerson(name="*大友")),
        ({"kind": "CITIZEN", "displayName": "陈大友"}, PublicPerson(name="*大友")),
        ({"kind": "CITIZEN", "displayName": None}, None),
        ({"kind": "CITIZEN", "name": "陈大友"}, None),
        (None, None),
    ],
)
async def test_who_speaks_is_shown_as_they_may_be(
    author: Any, shown: object, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """A citizen's name is masked, whatever the platform did (wire-formats B9); without one nobody is shown."""
    [found] = await forum_over(items(ROW | {"author": author})).statements.load_statements(["DL1-00001"], ask)

    assert isinstance(found, Statement)
    assert found.author == shown


@pytest.mark.parametrize(
    "author",
    [
        {"kind": "ROBOT", "name": "x"},
        {"kind": "MEMBER", "name": "王大友"},
        {"kind": 7, "id": "M1"},
        {"id": "M1", "name": "王大友"},
        {"kind": "CITIZEN", "displayName": {"value": "陈大友"}},
        "王大友",
    ],
)
async def test_an_author_nobody_knows_is_an_error(
    author: Any, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """What cannot be told for sure is not guessed: it fails closed, and only itself."""
    [found] = await forum_over(items(ROW | {"author": author})).statements.load_statements(["DL1-00001"], ask)

    assert isinstance(found.author, UnexpectedAnswerError)
    assert (found.body, found.likes) == (ROW["body"], 3)


async def test_a_member_without_a_sector_keeps_the_name(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """Within an author, too, a member that is missing costs itself."""
    author = {key: value for key, value in ROW["author"].items() if key != "sectorCode"}

    [found] = await forum_over(items(ROW | {"author": author})).statements.load_statements(["DL1-00001"], ask)

    assert (found.author.key, found.author.name) == ("M1", "王大友")
    assert isinstance(found.author.sector, UnexpectedAnswerError)


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"state": "WAITING"}, False),
        ({"state": "REFUSED"}, False),
        ({"withdrawnAt": ROW["changedAt"]}, False),
        ({"withdrawnAt": [7]}, True),
    ],
)
async def test_what_is_not_published_is_not_shown(
    changed: dict[str, Any],
    shown: bool,  # noqa: FBT001 - a case
    forum_over: Callable[..., SimpleNamespace],
    ask: Ask,
) -> None:
    """A platform that tells of a statement too early, or too late, does not make the gateway do so."""
    [found] = await forum_over(items(ROW | changed)).statements.load_statements(["DL1-00001"], ask)
    listed = owned("DL1", ROW | changed, ROW | {"id": "DL1-00002"})
    [page] = await forum_over(listed).statements.list_deliberation_statements(["DL1"], ALL, ask)

    assert (found is not None) is shown
    assert [node.key for node in page.nodes] == ["DL1-00001"] * shown + ["DL1-00002"]


async def test_a_state_nobody_can_read_costs_the_row(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """Whether it may be shown cannot be told: the error stands in its place, and the rows beside it are whole."""
    listed = owned("DL1", ROW | {"state": "NEW"}, ROW | {"id": "DL1-00002"})

    [page] = await forum_over(listed).statements.list_deliberation_statements(["DL1"], ALL, ask)

    assert isinstance(page.nodes[0], UnexpectedAnswerError)
    assert page.nodes[1].key == "DL1-00002"


async def test_a_change_tells_no_more_than_it_may(
    forum_over: Callable[..., SimpleNamespace], world: World, ask: Ask
) -> None:
    """What was taken down is told bare, whatever the platform sends with it; what never was public not at all."""
    gone = ROW | {"state": "REFUSED", "withdrawnAt": ROW["changedAt"]}
    never = ROW | {"id": "DL1-00002", "state": "REFUSED"}
    unclear = ROW | {"id": "DL1-00003", "withdrawnAt": {"v": 1}, "state": "WAITING"}

    [page] = await forum_over(owned("DL1", gone, never, unclear, ROW)).statements.list_statement_changes(
        ["DL1"], world.today, ALL, ask
    )

    assert [(node.key, node.body, node.author is None) for node in page.nodes] == [
        ("DL1-00001", "", True),
        ("DL1-00003", "", True),
        ("DL1-00001", ROW["body"], False),
    ]


@pytest.mark.parametrize("name", sorted(set(ROW) - {"id", "state"}))
async def test_a_wrong_member_costs_its_field(name: str, forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """A member that is missing, or of another type, is an error in its field; all other fields are as they were."""
    missing = {key: value for key, value in ROW.items() if key != name}
    [right] = await forum_over(items(ROW)).statements.load_statements(["DL1-00001"], ask)

    for row in (missing, ROW | {name: [{"v": []}]}):
        [found] = await forum_over(items(row)).statements.load_statements(["DL1-00001"], ask)

        wrong = [field for field in found.__struct_fields__ if getattr(found, field) != getattr(right, field)]
        assert len(wrong) == 1
        assert isinstance(getattr(found, wrong[0]), UnexpectedAnswerError)


async def test_a_members_statements_are_those_of_all_rooms(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """Newest first, and what stands in the rooms under their name, no more and no less; nobody's are none."""
    member = world.members[0]
    [own, none] = await forum.statements.list_member_statements([member.key, "M0"], ALL, ask)
    [spoken_in, _] = await forum.deliberations.list_member_deliberations([member.key, "M0"], ALL, ask)

    pages = await forum.statements.list_deliberation_statements([room.key for room in spoken_in.nodes], ALL, ask)

    theirs = [said for page in pages for said in page.nodes if getattr(said.author, "key", None) == member.key]
    assert theirs
    assert set(theirs) <= set(own.nodes)
    assert {said.deliberation_key for said in own.nodes} == {room.key for room in spoken_in.nodes}
    assert [said.posted_at for said in own.nodes] == sorted((said.posted_at for said in own.nodes), reverse=True)
    opened = [room.opens_at for room in spoken_in.nodes]
    assert opened == sorted(opened, reverse=True)
    assert none == Page(edges=(), has_next=False, total=0)


async def test_what_is_not_published_is_left_out_of_a_members_list(
    forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """Whatever the platform sends."""
    rows = [
        ROW | {"id": f"DL1-0000{at}", "state": state} for at, state in enumerate(("WAITING", "REFUSED", "PUBLISHED"))
    ]

    [page] = await forum_over(owned("M1", *rows)).statements.list_member_statements(["M1"], ALL, ask)

    assert [said.key for said in page.nodes] == ["DL1-00002"]
