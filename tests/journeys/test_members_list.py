"""The directory of members, and the sectors they represent."""

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox

MEMBERS = """query ($filter: MemberFilter, $order: MemberOrder!) {
    members(filter: $filter, orderBy: $order, first: 100) {
        totalCount nodes { id name sector { code } organization { id } } } }"""


async def test_members_are_found_by_committee_sector_and_name(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone finds the members of a committee, those of a sector in it, and one by part of the name."""
    committee = sandbox.world.committees[1]
    members = [member for member in sandbox.world.members if member.committee is committee]
    one, organization = members[0], global_id("Organization", committee.code)
    found = await gateway.query(MEMBERS, {"filter": {"organizationId": organization}, "order": "NAME_ASC"})
    everybody = found["data"]["members"]
    sector = everybody["nodes"][0]["sector"]["code"]
    filters = (
        {"organizationId": organization, "sectorCode": sector},
        {"regionCode": committee.region_code, "name": one.person.name},
    )

    bodies = [await gateway.query(MEMBERS, {"filter": each, "order": "NAME_ASC"}) for each in filters]

    of_sector, named = [body["data"]["members"] for body in bodies]
    assert everybody["totalCount"] == len(everybody["nodes"]) == len(members)
    assert {node["organization"]["id"] for node in everybody["nodes"]} == {organization}
    assert of_sector["nodes"] == [node for node in everybody["nodes"] if node["sector"]["code"] == sector]
    assert global_id("Member", one.key) in {node["id"] for node in named["nodes"]}


async def test_a_committee_lists_its_members_and_sectors(sandbox: Sandbox, gateway: Gateway) -> None:
    """The sectors of its table hold those of its members."""
    committee = sandbox.world.committees[0]
    text = """query ($id: ID!) { organization(id: $id) { sectors { code name nationalCodes }
        members(first: 100) { totalCount nodes { sector { code } } } } }"""

    body = await gateway.query(text, {"id": global_id("Organization", committee.code)})

    assert "errors" not in body
    page = body["data"]["organization"]
    assert page["members"]["totalCount"] == sum(member.committee is committee for member in sandbox.world.members)
    assert {node["sector"]["code"] for node in page["members"]["nodes"]} <= {each["code"] for each in page["sectors"]}


async def test_a_filter_that_cannot_be_meant_is_refused(gateway: Gateway) -> None:
    """A name too long, a place there is not, the id of something else."""
    filters = (
        {"name": "陈" * 51},
        {"regionCode": "999999"},
        {"organizationId": global_id("Studio", "S1")},
    )

    bodies = [await gateway.query(MEMBERS, {"filter": each, "order": "NAME_ASC"}) for each in filters]

    codes = [body["errors"][0]["extensions"]["code"] for body in bodies]
    assert codes == ["BAD_INPUT", "BAD_INPUT", "BAD_ID"]


async def test_without_the_registry_there_is_no_list(sandbox: Sandbox, gateway: Gateway) -> None:
    """Null, with the error of the platform."""
    sandbox.break_("duty", FaultKind.HTTP500)

    body = await gateway.query(MEMBERS, {"order": "NAME_ASC"})

    assert body["data"]["members"] is None
    assert body["errors"][0]["extensions"]["platform"] == "duty"
