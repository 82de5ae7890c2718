"""Who may read what: private questions, own marks, office phones."""

from typing import Any

import pytest

from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk

ALL = """query ($id: ID!, $after: String) { studio(id: $id) { questions(first: 100, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id visibility } } } }"""


async def listed(gateway: Gateway, studio: str, token: str | None) -> list[dict[str, Any]]:
    """Every question of a studio that somebody finds, walking all pages."""
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        body = await gateway.query(ALL, {"id": global_id("Studio", studio), "after": after}, token)
        page = body["data"]["studio"]["questions"]
        rows += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(rows)
            return rows


async def test_private_questions_are_in_no_list_of_others(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Anyone and a stranger find only public questions; a member of the studio and staff find the private ones too.

    All with the same hot cache, so that nobody is served another's answer.
    """
    studio = next(s for s in sandbox.world.studios if any(m.person.work for m in s.members))
    insider = next(m.person for m in studio.members if m.person.work)
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    tokens = {
        "insider": await desk.token(insider.id, "zhezhengding"),
        "staff": await desk.token(staff.id, "zhezhengding"),
        "stranger": await desk.token("citizen-0300"),
        "anyone": None,
    }

    seen = {who: await listed(desk.gateway, studio.key, token) for who, token in tokens.items()}

    private = {row["id"] for row in seen["staff"] if row["visibility"] == "PRIVATE"}
    assert private
    assert {row["id"] for row in seen["insider"]} == {row["id"] for row in seen["staff"]}
    for who in ("stranger", "anyone"):
        assert not private & {row["id"] for row in seen[who]}, who


async def test_a_private_question_is_not_found_by_its_id(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Knowing the id of somebody's private question shows nothing, and does not tell whether there is one."""
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    token = await desk.token(staff.id, "zhezhengding")
    rows = [row for s in sandbox.world.studios[:3] for row in await listed(desk.gateway, s.key, token)]
    private = next(row["id"] for row in rows if row["visibility"] == "PRIVATE")
    text = "query ($id: ID!) { node(id: $id) { id } question(id: $id) { title } }"

    stranger = await desk.gateway.query(text, {"id": private}, await desk.token("citizen-0299"))
    for_staff = await desk.gateway.query(text, {"id": private}, token)

    assert stranger == {"data": {"node": None, "question": None}}
    assert for_staff["data"]["question"]["title"]


async def test_own_marks_are_ones_own(desk: SignInDesk) -> None:
    """What a citizen follows is answered to that citizen only, with a hot cache."""
    text = "{ studios(first: 40) { nodes { id viewerFollows viewerLikes } } }"
    tokens = [await desk.token(f"citizen-{n:04d}") for n in (1, 2, 3)]

    first = [await desk.gateway.query(text, token=token) for token in tokens]
    again = [await desk.gateway.query(text, token=token) for token in tokens]

    assert first == again
    assert first[0] != first[1]
    assert any(row["viewerFollows"] for body in first for row in body["data"]["studios"]["nodes"])


async def test_without_a_token_own_marks_are_refused(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone gets null and an error that names the missing scope; the rest of the page is whole."""
    studio = global_id("Studio", sandbox.world.studios[0].key)

    body = await gateway.query("query ($id: ID!) { studio(id: $id) { name viewerFollows } }", {"id": studio})

    assert body["data"]["studio"] == {"name": sandbox.world.studios[0].name, "viewerFollows": None}
    (error,) = body["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert error["extensions"]["scope"] == "graph:read"


@pytest.mark.parametrize(("scope", "shown"), [("openid graph:read", False), ("openid directory:read", True)])
async def test_office_phone_needs_its_scope(sandbox: Sandbox, desk: SignInDesk, scope: str, shown: bool) -> None:  # noqa: FBT001 - the table's second column
    """An official's office phone is read with directory:read only, and is never the mobile."""
    member = next(m.person for m in sandbox.world.members if m.person.work)
    assert member.work is not None
    token = await desk.token(member.id, "zhezhengding", scope)
    text = "query ($id: ID!) { node(id: $id) { ... on Official { name phone } } }"

    body = await desk.gateway.query(text, {"id": global_id("Official", member.work.employee_code)}, token)

    assert body["data"]["node"] == {"name": member.name, "phone": member.work.office_phone if shown else None}
    assert ("errors" in body) is not shown
