"""Files beside a question: whoever may see the question may open them, nobody else, and no token stands in a link."""

from typing import Any
from urllib.parse import urlsplit

from schema.identifiers import global_id
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
