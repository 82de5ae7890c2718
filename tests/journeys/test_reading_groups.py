"""Operation 22: members' reading groups with their posts, and what there is to study."""

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

READING = operation("22")
SCOPES = "openid graph:read duty:read"
BUDGET = 4
FIRST = {"first": 10}


def a_member(sandbox: Sandbox) -> MemberSeed:
    """A member with an account on the work app."""
    return next(m for m in sandbox.world.members if m.person.work)


async def test_reading_groups_are_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Groups, their posts with authors, and materials in at most four calls; warm in none."""
    token = await desk.token(a_member(sandbox).person.id, "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(READING, FIRST, token)
    cold = sandbox.calls()
    again = await desk.gateway.query(READING, FIRST, token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert again == body
    groups = [edge["node"] for edge in body["data"]["readingGroups"]["edges"]]
    assert len(groups) == FIRST["first"]
    assert all(group["book"] and group["memberCount"] for group in groups)
    posts = [edge["node"] for group in groups for edge in group["posts"]["edges"]]
    assert posts
    assert all(post["body"] and post["author"]["name"] for post in posts)
    materials = [edge["node"] for edge in body["data"]["studyMaterials"]["edges"]]
    assert [each["publishedAt"] for each in materials] == sorted((m["publishedAt"] for m in materials), reverse=True)


async def test_a_group_leads_to_its_members_groups_and_back(sandbox: Sandbox, desk: SignInDesk) -> None:
    """From a group to its convener, from them to their groups; from a post to its group; from the committee too."""
    token = await desk.token(a_member(sandbox).person.id, "zhezhengding", SCOPES)
    text = """query ($id: ID!) { readingGroup(id: $id) { id
        convener { readingGroups(first: 100) { nodes { id } } }
        organization { readingGroups(first: 100) { nodes { id } } studyMaterials(first: 1) { nodes { kind } } }
        posts(first: 1) { nodes { group { id } } } } }"""
    found = await desk.gateway.query("{ readingGroups(first: 1) { nodes { id } } }", token=token)
    group = found["data"]["readingGroups"]["nodes"][0]

    body = await desk.gateway.query(text, group, token)

    assert "errors" not in body
    page = body["data"]["readingGroup"]
    assert group in page["convener"]["readingGroups"]["nodes"]
    assert group in page["organization"]["readingGroups"]["nodes"]
    assert page["organization"]["studyMaterials"]["nodes"]
    assert [post["group"] for post in page["posts"]["nodes"]] == [group]


async def test_only_members_and_staff_read_what_members_write(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The scope is named to others, in the operation's place; and what is found by its id shows nothing."""
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    post = "query ($id: ID!) { node(id: $id) { ... on ReadingPost { body author { name } } } }"
    page = await desk.gateway.query(READING, FIRST, await desk.token(staff.id, "zhezhengding", SCOPES))
    first = page["data"]["readingGroups"]["edges"][0]["node"]["posts"]["edges"][0]["node"]
    citizen = await desk.token("citizen-0001")

    refused = await desk.gateway.query(READING, FIRST, citizen)
    by_id = await desk.gateway.query(post, {"id": first["id"]}, citizen)

    assert refused["data"] == {"readingGroups": None, "studyMaterials": None}
    assert by_id["data"]["node"] is None
    errors = refused["errors"] + by_id["errors"]
    assert [error["extensions"]["code"] for error in errors] == ["FORBIDDEN"] * 3
    assert {error["extensions"]["scope"] for error in errors} == {"duty:read"}


async def test_without_the_registry_nothing_is_told_and_each_part_has_its_error(
    sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Both lists are the registry's; the operation still answers."""
    async with open_gateway(hurried="duty") as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_member(sandbox).person.id, "zhezhengding", SCOPES)
        sandbox.break_("duty", FaultKind.HTTP500)

        body = await gateway.query(READING, FIRST, token)

    assert body["data"] == {"readingGroups": None, "studyMaterials": None}
    assert [(e["path"], e["extensions"]["code"]) for e in body["errors"]] == [
        (["readingGroups"], PlatformError.code),
        (["studyMaterials"], PlatformError.code),
    ]


async def test_a_group_nobody_made_is_none(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Null without an error."""
    token = await desk.token(a_member(sandbox).person.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(
        "query ($id: ID!) { readingGroup(id: $id) { name } }", {"id": global_id("ReadingGroup", "RG0")}, token
    )

    assert body == {"data": {"readingGroup": None}}
