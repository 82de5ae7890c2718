"""Files beside a text: whoever may see the text may open them, nobody else, and no token stands in a link."""

from typing import Any
from urllib.parse import urlsplit

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id, parsed_id
from tests.stack import Gateway, SignInDesk

LIST = """query ($id: ID!, $after: String) { studio(id: $id) { questions(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id visibility attachments { id kind name url } } } } }"""


async def with_files(desk: SignInDesk, visibility: str) -> tuple[dict[str, Any], str]:
    """An attachment of such a question, as staff sees it, and the question's id."""
    world = desk.sandbox.world
    staff = next(p for p in world.officials if "staff" in p.roles)
    token = await desk.token(staff.id, "zhezhengding")
    for studio in world.studios:
        body = await desk.gateway.query(LIST, {"id": global_id("Studio", studio.key)}, token)
        for row in body["data"]["studio"]["questions"]["nodes"]:
            if row["visibility"] == visibility and row["attachments"]:
                return row["attachments"][0], row["id"]
    raise AssertionError(f"no {visibility} question with a file")


async def opened(gateway: Gateway, link: str) -> int:
    """The status a browser gets for the link."""
    parts = urlsplit(link)
    return (await gateway.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)).status_code


async def test_a_private_file_opens_by_its_sealed_link_only(desk: SignInDesk) -> None:
    """The link made for staff opens it; without the seal, or with another file's, there is nothing."""
    file, _ = await with_files(desk, "PRIVATE")
    other, _ = await with_files(desk, "PUBLIC")

    sealed = await opened(desk.gateway, file["url"])
    bare = await opened(desk.gateway, urlsplit(file["url"]).path)
    moved = await opened(desk.gateway, f"{urlsplit(file['url']).path}?{urlsplit(other['url']).query}")

    assert (sealed, bare, moved) == (200, 404, 404)


async def test_a_published_file_has_a_plain_link(desk: SignInDesk) -> None:
    """Everyone may open it, and the link is the same for everyone."""
    file, _ = await with_files(desk, "PUBLIC")

    answer = await desk.gateway.client.get(urlsplit(file["url"]).path)

    assert urlsplit(file["url"]).query == ""
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("public")


PROPOSALS = """{ proposals(first: 100) { nodes {
    consentToPublish attachments { id url } replies { attachments { id url } } } } }"""
MICRO = "{ microSuggestions(first: 100) { nodes { attachments { id url } } } }"
REPORTS = "{ opinionReports(first: 100) { nodes { id status attachments { id kind name url } } } }"
CAMPAIGNS = """query ($id: ID!) { organization(id: $id) { oversights(first: 20) { nodes {
    status reports { title attachments { id kind name url } } } } } }"""
SCOPES = "openid graph:read duty:read"


def member(desk: SignInDesk) -> str:
    """A member with an account on the work app."""
    return next(one for one in desk.sandbox.world.members if one.person.work).person.id


async def unpublished(desk: SignInDesk, token: str) -> dict[str, Any]:
    """A proposal with a file that is not for everybody, as who holds the token sees it."""
    body = await desk.gateway.query(PROPOSALS, {}, token)
    assert "errors" not in body
    rows = body["data"]["proposals"]["nodes"]
    found: dict[str, Any] = next(row for row in rows if row["attachments"] and not row["consentToPublish"])
    return found


async def test_a_file_beside_a_proposal_opens_for_who_saw_it(desk: SignInDesk) -> None:
    """By the link made for the member only, whatever scopes a link cannot carry; not bare, not with another's seal."""
    token = await desk.token(member(desk), "zhezhengding", SCOPES)
    file = (await unpublished(desk, token))["attachments"][0]
    other, _ = await with_files(desk, "PRIVATE")

    link = urlsplit(file["url"])
    answer = await desk.gateway.client.get(f"{link.path}?{link.query}")
    bare = await opened(desk.gateway, link.path)
    moved = await opened(desk.gateway, f"{link.path}?{urlsplit(other['url']).query}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-store"
    assert (bare, moved) == (404, 404)


async def test_a_published_proposals_files_are_everybodys(desk: SignInDesk) -> None:
    """Its own and its replies', by plain links, for who has no scope of duties too."""
    body = await desk.gateway.query(PROPOSALS, {}, None)

    rows = body["data"]["proposals"]["nodes"]
    files = [next(f for row in rows for f in row["attachments"])]
    files.append(next(f for row in rows for reply in row["replies"] for f in reply["attachments"]))

    assert [urlsplit(file["url"]).query for file in files] == ["", ""]
    assert [await opened(desk.gateway, file["url"]) for file in files] == [200, 200]


async def picture(desk: SignInDesk) -> dict[str, Any]:
    """One beside a micro-suggestion, as a member sees it."""
    body = await desk.gateway.query(MICRO, {}, await desk.token(member(desk), "zhezhengding", SCOPES))
    return next(file for row in body["data"]["microSuggestions"]["nodes"] for file in row["attachments"])


async def test_a_picture_beside_a_micro_suggestion_opens_for_who_saw_it(desk: SignInDesk) -> None:
    """Not for everybody, as the suggestion itself; and no file beside a question can have its id."""
    file = await picture(desk)
    kind, key = parsed_id(file["id"])

    links = (file["url"], urlsplit(file["url"]).path, f"/files/{global_id('Attachment', key)}")

    assert [await opened(desk.gateway, link) for link in links] == [200, 404, 404]
    assert kind == "MatterAttachment"


async def test_a_file_beside_an_opinion_report_opens_for_who_saw_it(desk: SignInDesk) -> None:
    """By the member's link; not bare, not with another file's seal; and never for the public."""
    body = await desk.gateway.query(REPORTS, {}, await desk.token(member(desk), "zhezhengding", SCOPES))
    rows = [row for row in body["data"]["opinionReports"]["nodes"] if row["status"] != "DRAFT"]
    first, second, *_ = (file for row in rows for file in row["attachments"])

    link, other = urlsplit(first["url"]), urlsplit(second["url"])
    links = (first["url"], link.path, f"{link.path}?{other.query}")

    assert [await opened(desk.gateway, link) for link in links] == [200, 404, 404]
    assert parsed_id(first["id"])[0] == "MatterAttachment"
    assert any(not row["attachments"] for row in rows)


async def test_a_campaigns_report_is_everybodys(gateway: Gateway, desk: SignInDesk) -> None:
    """Each report of a concluded campaign has its file, by a plain link."""
    committee = global_id("Organization", desk.sandbox.world.committees[0].code)

    body = await gateway.query(CAMPAIGNS, {"id": committee})

    campaigns = body["data"]["organization"]["oversights"]["nodes"]
    files = [file for each in campaigns for report in each["reports"] for file in report["attachments"]]
    assert files
    assert {(file["kind"], urlsplit(file["url"]).query) for file in files} == {("DOCUMENT", "")}
    assert [await opened(gateway, file["url"]) for file in files] == [200] * len(files)


async def test_a_file_that_cannot_be_read_is_told_so(desk: SignInDesk) -> None:
    """502 while its platform is ill: the file may be there."""
    file = await picture(desk)
    desk.sandbox.break_("duty", FaultKind.HTTP500, "attachments")

    assert await opened(desk.gateway, file["url"]) == 502
