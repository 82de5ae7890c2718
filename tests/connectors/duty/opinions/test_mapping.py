"""Who may see an opinion report, and how its questions read (contract/opinions.yaml)."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.opinion_report import (
    OpinionReport,
    OpinionReportQuery,
    OpinionReportStatus,
)
from connectors.records.page import Page, PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import (
    NOBODY,
    OTHER_PARTNER,
    PARTNER,
    Answers,
    Call,
    as_member,
    as_official,
    items,
    rows,
    staff_of,
)

ALL = PageArgs(first=100, with_total=True)
S = OpinionReportStatus
DRAFT, SUBMITTED, ADOPTED = "O3310020001", "O3310020002", "O3310020006"
Over = Callable[[Answers], SimpleNamespace]


async def everything(matters: SimpleNamespace, query: OpinionReportQuery, ask: Ask) -> list[OpinionReport]:
    """All pages of a list, one after the other; each says the same total."""
    found: list[OpinionReport] = []
    page: Page[OpinionReport] | None = None
    while page is None or page.has_next:
        args = PageArgs(first=100, after=page.end if page else None, with_total=True)
        [page] = await matters.opinions.list_opinion_reports([query], args, ask)
        found.extend(page.nodes)
    assert len(found) == page.total == len({each.key for each in found})
    return found


@pytest.fixture
def staff(world: World) -> Ask:
    """Somebody of the district's office asks."""
    return as_official(staff_of(world, "GO_zx331002"))


async def test_who_sees_a_submitted_report(matters: SimpleNamespace, world: World, staff: Ask) -> None:
    """Members of its committee, staff, and partners with the scope; nobody else finds it anywhere."""
    own = next(member for member in world.members if member.committee.code == "GO_zx331002")
    other = next(member for member in world.members if member.committee.code == "GO_zx331003")
    query = OpinionReportQuery(organization_key="GO_zx331002")
    cases = [
        (as_member(own), True),
        (staff, True),
        (PARTNER, True),
        (as_member(other), False),
        (OTHER_PARTNER, False),
        (NOBODY, False),
    ]
    for ask, seen in cases:
        [report] = await matters.opinions.load_opinion_reports([ADOPTED], ask)
        [page] = await matters.opinions.list_opinion_reports([query], ALL, ask)
        [mine] = await matters.opinions.list_member_opinion_reports([own.key], OpinionReportQuery(), ALL, ask)

        assert (report is not None) is seen
        assert bool(page.edges) is seen
        assert page.total == len(page.edges)
        assert mine.total == len(mine.edges)


async def test_the_public_is_answered_without_a_call(matters: SimpleNamespace, platform: SandboxApp) -> None:
    """Nothing of a report is for it."""
    assert await matters.opinions.load_opinion_reports([ADOPTED], NOBODY) == [None]
    [page] = await matters.opinions.list_question_opinion_reports(["Q0000001"], ALL, NOBODY)

    assert (page.edges, page.total, platform.calls.total()) == ((), 0, 0)


async def test_a_draft_is_its_authors_alone(matters: SimpleNamespace, world: World, staff: Ask) -> None:
    """Staff and the committee's other members do not find it, nor partners."""
    members = [member for member in world.members if member.committee.code == "GO_zx331002"]
    seen_by = []
    for member in members:
        [report] = await matters.opinions.load_opinion_reports([DRAFT], as_member(member))
        if report is not None:
            seen_by.append(member.key)
            assert {author.key for author in report.authors} >= {member.key}
            assert (report.status, report.number, report.submitted_at) == (S.DRAFT, None, None)

    assert 1 <= len(seen_by) <= 3
    for ask in (staff, PARTNER):
        assert await matters.opinions.load_opinion_reports([DRAFT], ask) == [None]


async def test_how_questions_read_is_told_to_authors_and_staff_only(
    matters: SimpleNamespace, matters_over: Over, call: Call, world: World, staff: Ask
) -> None:
    """A question may be private: others get its key alone, also where the platform tells more (section 5)."""
    whole = await everything(matters, OpinionReportQuery(organization_key="GO_zx331002"), staff)
    sourced = next(each for each in whole if each.source_questions)
    authors = {author.key for author in sourced.authors}
    author = next(member for member in world.members if member.key in authors)
    colleague = next(m for m in world.members if m.committee is author.committee and m.key not in authors)
    row = (await call("opinions", ids=sourced.key, viewerStaff="true")).json()["items"][0]
    too_much = matters_over(items(row | {"grounds": "COMMITTEE"}))

    for ask, told in [(staff, True), (as_member(author), True), (as_member(colleague), False), (PARTNER, False)]:
        for source in (matters, too_much):
            [report] = await source.opinions.load_opinion_reports([sourced.key], ask)

            question = report.source_questions[0]
            assert question.key == sourced.source_questions[0].key
            assert (question.title is not None, question.category is not None) == (told, told)


async def test_a_platform_that_tells_too_much_is_not_repeated(
    matters_over: Over, call: Call, world: World, staff: Ask
) -> None:
    """Members of other committees by the grounds the row names; drafts and what was never submitted for nobody."""
    row = (await call("opinions", ids=ADOPTED, viewerStaff="true")).json()["items"][0]
    member = as_member(next(m for m in world.members if m.committee.code == "GO_zx331003"))
    cases = [
        ({"grounds": "COMMITTEE"}, member, True),
        ({"grounds": "STAFF"}, member, False),
        ({"grounds": "PARTNER"}, OTHER_PARTNER, False),
        ({"status": "DRAFT"}, staff, False),
        ({"handedIn": False}, PARTNER, False),
        ({"handedIn": False}, staff, False),
        ({}, staff, True),
    ]
    for change, ask, seen in cases:
        [entry] = await matters_over(items(row | change)).opinions.load_opinion_reports([ADOPTED], ask)
        [page] = await matters_over(rows(row | change)).opinions.list_opinion_reports(
            [OpinionReportQuery()], PageArgs(first=5), ask
        )

        assert (entry is not None) is seen, change
        assert len(page.edges) == int(seen)


@pytest.mark.parametrize("name", ["handedIn", "grounds"])
async def test_what_decides_and_cannot_be_read_shows_nothing(
    name: str, matters_over: Over, call: Call, world: World
) -> None:
    """The error stands in the row's place; an author's own is read all the same, without that field."""
    row = (await call("opinions", ids=ADOPTED, viewerStaff="true")).json()["items"][0]
    author = next(m for m in world.members if m.key == row["authors"][0]["id"])
    colleague = next(
        m for m in world.members if m.committee is author.committee and m.key not in {a["id"] for a in row["authors"]}
    )
    matters = matters_over(items(row | {name: [7]}))

    [others] = await matters.opinions.load_opinion_reports([ADOPTED], as_member(colleague))
    [own] = await matters.opinions.load_opinion_reports([ADOPTED], as_member(author))

    assert type(others) is UnexpectedAnswerError
    assert own.title == row["title"]


async def test_a_draft_whose_authors_cannot_be_read_is_an_error(matters_over: Over, call: Call, world: World) -> None:
    """It may be the asker's own: neither shown nor said to be none; for staff and partners it is none."""
    row = (await call("opinions", ids=ADOPTED, viewerStaff="true")).json()["items"][0] | {"handedIn": False}
    member = as_member(world.members[0])
    for authors in ([{"id": 5, "name": "某", "sectorCode": "CPC", "sectorName": "中共"}], "nobody"):
        matters = matters_over(items(row | {"authors": authors}))

        [own] = await matters.opinions.load_opinion_reports([ADOPTED], member)
        [others] = await matters.opinions.load_opinion_reports([ADOPTED], PARTNER)

        assert (type(own), others) == (UnexpectedAnswerError, None)
