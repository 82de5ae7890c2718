"""Files beside proposals, reports, micro-suggestions and oversights."""

from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest

from connectors.errors import NotFoundError, UnexpectedAnswerError
from connectors.records.attachment import AttachmentKind
from connectors.records.page import PageArgs
from connectors.records.proposal import PUBLISHABLE
from connectors.records.proposal_lists import ProposalQuery
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Viewer
from tests.connectors.duty.matters_stack import (
    NOBODY,
    PARTNER,
    Answers,
    Call,
    as_member,
    asking,
    call,
    connected_matters,
    contract,
    matters,
    matters_over,
    platform,
)

__all__ = ["call", "connected_matters", "contract", "matters", "matters_over", "platform"]
ALL = PageArgs(first=100)


@pytest.fixture
def member(world: World) -> Ask:
    """A member, with the scopes they signed in with."""
    return as_member(world.members[0])


def without_scopes(ask: Ask) -> Ask:
    """The same person, as a link has them."""
    return asking(Viewer(roles=ask.viewer.roles, member_key=ask.viewer.member_key))


async def opens(matters: SimpleNamespace, key: str, ask: Ask) -> bool:
    """Whether the file is handed out."""
    try:
        return (await matters.files.open_matter_file(key, ask))[0] == "application/pdf"
    except NotFoundError:
        return False


async def test_who_sees_a_proposal_opens_its_file(matters: SimpleNamespace, member: Ask) -> None:
    """A member and staff, by a link that carries no scopes; nobody else while it is not published."""
    [page] = await matters.proposals.list_proposals([ProposalQuery()], ALL, member)
    hidden = next(p for p in page.nodes if p.attachments and not p.consent_to_publish)
    file = hidden.attachments[0]

    found = [
        await matters.files.open_matter_file(file.key, ask)
        for ask in (without_scopes(member), asking(Viewer(roles=frozenset({Role.STAFF}))))
    ]

    assert {kind for kind, _ in found} == {"application/pdf"}
    assert (file.kind, file.public) == (AttachmentKind.DOCUMENT, False)
    for ask in (NOBODY, PARTNER, asking(Viewer(roles=frozenset({Role.CITIZEN})))):
        with pytest.raises(NotFoundError):
            await matters.files.open_matter_file(file.key, ask)


async def test_who_sees_an_opinion_report_opens_its_file(matters: SimpleNamespace, world: World) -> None:
    """A draft's by its authors alone, then by its committee's members and staff; never by the public."""
    members = [as_member(each) for each in world.members if each.committee.code == "GO_zx331002"]
    reports = [await matters.opinions.load_opinion_reports(["O3310020001", "O3310020004"], ask) for ask in members]
    draft = next(report for report, _ in reports if report is not None)
    others = [asking(Viewer(roles=frozenset({Role.STAFF}))), as_member(world.members[0]), NOBODY]
    file, own = reports[0][1].attachments[0], draft.attachments[0]

    async def opening(key: str, asks: list[Ask]) -> list[bool]:
        return [await opens(matters, key, without_scopes(ask)) for ask in asks]

    assert (draft.submitted_at, file.public, own.public) == (None, False, False)
    assert await opening(own.key, [*members, *others]) == [report is not None for report, _ in reports] + [False] * 3
    assert await opening(file.key, [*members, *others]) == [True] * len(members) + [True, False, False]


async def test_what_is_published_is_everybodys(matters: SimpleNamespace) -> None:
    """A proposal's own files and its replies', and the reports of a campaign."""
    [page] = await matters.proposals.list_proposals([ProposalQuery()], ALL, NOBODY)
    [campaigns] = await matters.oversights.list_organization_oversights(["GO_zx331002"], None, ALL, NOBODY)
    files = [next(file for p in page.nodes for file in p.attachments)]
    files.append(next(file for p in page.nodes for reply in p.replies for file in reply.attachments))
    files.append(next(file for c in campaigns.nodes for report in c.reports for file in report.attachments))

    assert {p.status for p in page.nodes} <= PUBLISHABLE
    assert all(file.public for file in files)
    for file in files:
        assert (await matters.files.open_matter_file(file.key, NOBODY))[1].startswith(b"%PDF")


@pytest.mark.parametrize("key", ["P3310020002-9", "X-none", "P", "a/b", "a b", "../tokens", ""])
async def test_what_is_no_files_key_opens_nothing(matters: SimpleNamespace, member: Ask, key: str) -> None:
    """None there, or none that can be: of the latter nothing is sent."""
    with pytest.raises(NotFoundError):
        await matters.files.open_matter_file(key, member)


@pytest.mark.parametrize("kind", ["application/json", "", "no type"])
async def test_what_is_no_file_is_not_handed_out(
    matters_over: Callable[[Answers], SimpleNamespace], member: Ask, kind: str
) -> None:
    """An envelope, or bytes of a type nobody named."""
    files = matters_over(lambda _: httpx.Response(200, content=b"{}", headers={"content-type": kind})).files

    with pytest.raises(UnexpectedAnswerError):
        await files.open_matter_file("P1-1", member)


async def test_the_platform_wants_a_key(call: Call) -> None:
    """Without one it says so, as the contract does."""
    assert (await call("attachments")).status_code == 422
    assert (await call("attachments", id="W3310020001-7", viewerStaff="true")).status_code == 404
