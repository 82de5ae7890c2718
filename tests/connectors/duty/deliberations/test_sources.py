"""Deliberations as the graph gets them (contract/deliberations.yaml; domain-terms section 7a)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import BadCursorError, PlatformError, RejectedInputError, UnexpectedAnswerError
from connectors.records.deliberation import (
    Deliberation,
    DeliberationKind,
    DeliberationOrder,
    DeliberationQuery,
    DeliberationStatus,
)
from connectors.records.organization import OrganizationRef
from connectors.records.page import Page, PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.forum_stack import items

ALL = PageArgs(first=100, with_total=True)
ROW: dict[str, Any] = {
    "id": "DL1",
    "kind": "HOT_TOPIC",
    "title": "优先发展城市公交",
    "background": None,
    "status": "OPEN",
    "opensAt": "2026-11-20T08:00:00+08:00",
    "closesAt": "2026-11-30T08:00:00+08:00",
    "organizationCode": "GO_zx331000",
    "organizationName": "政协台州市委员会",
    "organizationLevel": "MUNICIPAL",
    "regionCode": "331000",
    "brand": None,
    "parentId": None,
    "childCount": 0,
    "liveStreamUrl": "https://live.example/1",
    "videoRoom": {"url": "https://meet.example/1", "startsAt": "2026-11-21T08:00:00+08:00"},
    "participantCount": 3,
    "statementCount": 2,
    "proposalId": "P1",
    "activityIds": ["A1"],
    "outcome": {"summary": "已采纳", "adoptedReports": [{"id": "OR1", "title": "关于公交专用道的建议"}]},
    "changedAt": "2026-11-20T08:00:00+08:00",
    "withdrawnAt": None,
}


async def listed(forum: SimpleNamespace, ask: Ask, **query: Any) -> tuple[Deliberation, ...]:
    """All that a query finds, up to a hundred."""
    [page] = await forum.deliberations.list_deliberations([DeliberationQuery(**query)], ALL, ask)
    assert isinstance(page, Page)
    return page.nodes


async def test_every_kind_is_there_in_every_state(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """One committee alone shows each kind scheduled, open, closed and concluded, in times that fit the state."""
    found = await listed(forum, ask, organization_key=world.committees[1].code)

    assert {(each.kind, each.status) for each in found} == {
        (k, s) for k in DeliberationKind for s in DeliberationStatus
    }
    for each in found:
        assert (each.opens_at > world.today) is (each.status is DeliberationStatus.SCHEDULED)
        assert (each.closes_at > world.today) is (each.status.value in ("SCHEDULED", "OPEN"))
        assert (each.outcome is not None) is (each.status is DeliberationStatus.CONCLUDED)
        assert (each.video_room is not None) is (each.kind is DeliberationKind.REMOTE_CONSULTATION)
        assert each.statement_count <= each.participant_count
        assert each.organization.key == world.committees[1].code
    assert [each.opens_at for each in found] == sorted((each.opens_at for each in found), reverse=True)


async def test_an_outcome_names_reports_that_there_are(forum: SimpleNamespace, world: World, as_staff: Ask) -> None:
    """What it took up are opinion reports of its committee, adopted, under the titles they have."""
    found = await listed(
        forum, as_staff, status=DeliberationStatus.CONCLUDED, organization_key=world.committees[1].code
    )
    named = {report.key: report.title for each in found for report in each.outcome.adopted_reports}

    reports = await forum.opinion_reports.load_opinion_reports(list(named), as_staff)

    assert len(named) > 1
    assert {report.key: report.title for report in reports} == named
    assert all(report.adoptions for report in reports)
    assert {report.organization.key for report in reports} == {world.committees[1].code}


async def test_filters_narrow_the_list(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """Kind, state, division, words and level each leave out what they say; a region includes what lies in it."""
    county = world.committees[1].region_code

    hot = await listed(forum, ask, kind=DeliberationKind.HOT_TOPIC, status=DeliberationStatus.OPEN)
    within = await listed(forum, ask, region_key=county)
    whole = await listed(forum, ask, region_key="331000", status=DeliberationStatus.OPEN)
    bus = await listed(forum, ask, text="公交")
    tops = await listed(forum, ask, region_key=county, top_level=True)

    assert {(each.kind.value, each.status.value) for each in hot} == {("HOT_TOPIC", "OPEN")}
    assert {each.region_key for each in within} == {county}
    assert {each.region_key for each in whole} == {committee.region_code for committee in world.committees}
    assert bus
    assert all("公交" in each.title + (each.background or "") for each in bus)
    assert {each.key for each in within} - {each.key for each in tops} == {e.key for e in within if e.parent_key}


async def test_what_closes_next_stands_first(forum: SimpleNamespace, ask: Ask) -> None:
    """The other order is by closing, and pages of it go on where the last one ended."""
    query = DeliberationQuery(status=DeliberationStatus.OPEN, order=DeliberationOrder.CLOSES_AT_ASC)
    whole = await listed(forum, ask, status=DeliberationStatus.OPEN, order=DeliberationOrder.CLOSES_AT_ASC)

    [first] = await forum.deliberations.list_deliberations([query], PageArgs(first=4), ask)
    [second] = await forum.deliberations.list_deliberations([query], PageArgs(first=4, after=first.end), ask)

    assert [each.closes_at for each in whole] == sorted(each.closes_at for each in whole)
    assert first.nodes + second.nodes == whole[:8]
    assert first.has_next
    assert first.total is None


async def test_topics_lie_in_topics_over_three_levels(
    forum: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """All parts of the joint deliberation come by one call a level; each names its parent."""
    root = f"DL{world.committees[0].region_code}100"

    [parts, nothing] = await forum.deliberations.list_sub_deliberations([root, "DL0"], ALL, ask)
    pages = await forum.deliberations.list_sub_deliberations([part.key for part in parts.nodes], ALL, ask)
    [joint] = await forum.deliberations.load_deliberations([root], ask)

    assert (parts.total, joint.child_count, joint.parent_key) == (7, 7, None)
    assert nothing == Page(edges=(), has_next=False, total=0)
    topics = [topic for page in pages for topic in page.nodes]
    assert {topic.organization.key for topic in topics} == {committee.code for committee in world.committees[1:]}
    assert {topic.parent_key for topic in topics} <= {part.key for part in parts.nodes}
    assert [part.child_count for part in parts.nodes] == [len(page.nodes) for page in pages]
    assert sandbox.calls["deliberations.children"] == 2


async def test_what_was_withdrawn_is_told_as_a_change_only(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """It stands in no list and is unknown by key; whoever asks what changed learns when it was taken back."""
    changed = await listed(forum, ask, changed_since=world.today - timedelta(days=2))

    gone = [each for each in changed if each.withdrawn_at]
    assert len(gone) == len(world.committees)
    assert [each.changed_at for each in changed] == sorted(each.changed_at for each in changed)
    assert await forum.deliberations.load_deliberations([gone[0].key], ask) == [None]
    assert gone[0].key not in {each.key for each in await listed(forum, ask, status=DeliberationStatus.SCHEDULED)}


async def test_a_row_is_read_whole(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """Nested parts become records of their own, texts that are empty none."""
    [found] = await forum_over(items(ROW | {"brand": ""})).deliberations.load_deliberations(["DL1"], ask)

    assert isinstance(found, Deliberation)
    assert (found.video_room.url, found.video_room.starts_at.hour) == ("https://meet.example/1", 8)
    assert [(report.key, report.title) for report in found.outcome.adopted_reports] == [("OR1", "关于公交专用道的建议")]
    assert isinstance(found.organization, OrganizationRef)
    assert (found.brand, found.live_stream_url) == (None, "https://live.example/1")


@pytest.mark.parametrize("name", sorted(set(ROW) - {"id", "organizationName", "organizationLevel"}))
async def test_a_wrong_member_costs_its_field(name: str, forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """A member that is missing, or of another type, is an error in its field; all other fields are as they were."""
    missing = {key: value for key, value in ROW.items() if key != name}
    [right] = await forum_over(items(ROW)).deliberations.load_deliberations(["DL1"], ask)

    for row in (missing, ROW | {name: [{"v": []}]}):
        [found] = await forum_over(items(row)).deliberations.load_deliberations(["DL1"], ask)

        wrong = [field for field in found.__struct_fields__ if getattr(found, field) != getattr(right, field)]
        assert len(wrong) == 1
        told = getattr(found, wrong[0])
        assert isinstance(told[0] if isinstance(told, tuple) else told, UnexpectedAnswerError)


async def test_a_link_that_is_none_is_not_shown(forum_over: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """What would run as a script in somebody's page is an error in its place."""
    room = {"url": "data:text/html,x", "startsAt": "2026-11-21T08:00:00+08:00"}
    row = ROW | {"liveStreamUrl": "javascript:alert(1)", "videoRoom": room}

    [found] = await forum_over(items(row)).deliberations.load_deliberations(["DL1"], ask)

    assert isinstance(found.live_stream_url, PlatformError)
    assert isinstance(found.video_room.url, PlatformError)
    assert found.title == ROW["title"]


async def test_cursors_and_words_that_cannot_be(forum: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """A cursor of nowhere is refused uncalled, one of another list by the platform; so are words without end."""
    [other] = await forum.deliberations.list_deliberations([DeliberationQuery()], PageArgs(first=1), ask)
    calls = sandbox.calls["deliberations.list"]

    [nowhere] = await forum.deliberations.list_deliberations([DeliberationQuery()], PageArgs(first=1, after="?"), ask)
    closing = DeliberationQuery(order=DeliberationOrder.CLOSES_AT_ASC)
    [foreign] = await forum.deliberations.list_deliberations([closing], PageArgs(first=1, after=other.end), ask)
    [endless] = await forum.deliberations.list_deliberations([DeliberationQuery(text="公" * 51)], ALL, ask)

    assert [type(each) for each in (nowhere, foreign, endless)] == [BadCursorError, BadCursorError, RejectedInputError]
    assert sandbox.calls["deliberations.list"] == calls + 2
