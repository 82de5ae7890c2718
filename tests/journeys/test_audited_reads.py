"""Who reads others' personal data stands in the audit, and the chain stays whole."""

import json
from typing import Any

import pytest

from auth.audit import Act
from auth.audit.persons import employee_name, member_name
from schema.identifiers import global_id, parsed_id
from tests.stack import Gateway, Sandbox, SignInDesk, operation, span

PHONES = """query ($id: ID!) { node(id: $id) { ... on Organization {
    officials(first: 20) { nodes { id phone } } } } }"""
DESK = """query ($id: ID!) { node(id: $id) { ... on Official {
    todos(first: 3) { nodes { id } } notices(first: 3) { nodes { id } } } } }"""
SCORE = "query ($id: ID!) { member(id: $id) { dutyScore(year: 2026) { total } upcomingActivities(first: 5) { nodes { id } } } }"


async def reads(gateway: Gateway) -> list[dict[str, Any]]:
    """What the audit kept of reads of others' data."""
    audit = gateway.parts.authority.audit
    await audit.flush()
    rows = [row async for row in audit.entries() if row.act == Act.READ_PERSONAL.name]
    return [{"who": row.who, "client": row.client_id, **json.loads(row.facts)} for row in rows]


async def whole(gateway: Gateway) -> bool:
    """Whether every chain is as it was written."""
    return all(verdict.broken is None for verdict in await gateway.parts.authority.audit.verify())


async def test_staff_reading_a_members_score_is_one_entry(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Two fields of one class about one member: the member, the fields and the reader, all by pseudonym."""
    gateway = desk.gateway
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    token = await desk.token(staff.id, "zhezhengding", "openid duty:read")
    member = sandbox.world.members[0]
    pseudonym = gateway.parts.authority.vault.pseudonym

    body = await gateway.query(SCORE, {"id": global_id("Member", member.key)}, token)

    assert "errors" not in body
    reader = (await gateway.parts.authority.viewer_of(token)).person_id
    [read] = await reads(gateway)
    assert read == {
        "who": pseudonym(str(reader)),
        "client": desk.login[0],
        "kind": "duty",
        "fields": ["Member.dutyScore", "Member.upcomingActivities"],
        "count": 1,
        "persons": [pseudonym(member_name(member.key))],
    }
    assert await whole(gateway)


@pytest.mark.parametrize("scope", ["openid graph:read", "openid duty:read", "openid office:read"])
async def test_anothers_desk_takes_the_scope_that_says_so(sandbox: Sandbox, desk: SignInDesk, scope: str) -> None:
    """Staff may read others' to-dos and notices; a client they gave less reads none of them."""
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    other = next(m.person.work for m in sandbox.world.members if m.person.work)
    token = await desk.token(staff.id, "zhezhengding", scope)

    body = await desk.gateway.query(DESK, {"id": global_id("Official", other.employee_code)}, token)

    official, allowed = body["data"]["node"], "office:read" in scope
    assert [official["todos"] is not None, official["notices"] is not None] == [allowed, allowed]
    refused = [(error["extensions"]["code"], error["extensions"]["scope"]) for error in body.get("errors", [])]
    assert refused == ([] if allowed else [("FORBIDDEN", "office:read")] * 2)
    assert bool(await reads(desk.gateway)) is allowed


async def test_ones_own_score_and_public_pages_are_no_entries(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Nobody is audited for looking at themselves, or at what everyone may see."""
    gateway = desk.gateway
    member = next(m for m in sandbox.world.members if m.person.work)
    own = await desk.token(member.person.id, "zhezhengding", "openid duty:read")
    studio = {"id": global_id("Studio", sandbox.world.studios[0].key), **span(sandbox.world)}

    mine = await gateway.query(SCORE, {"id": global_id("Member", member.key)}, own)
    await gateway.query(operation("02"), studio, own)
    await gateway.query(operation("02"), studio)

    assert mine["data"]["member"]["dutyScore"]
    assert await reads(gateway) == []


async def test_a_page_of_phones_names_each_official(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Those without a phone, and the reader, are not among them; also when answered from the cache."""
    gateway = desk.gateway
    reader = next(p for p in sandbox.world.officials if p.work)
    token = await desk.token(reader.id, "zhezhengding", "openid directory:read")
    unit = {"id": global_id("Organization", sandbox.world.members[0].committee.directory_code)}
    pseudonym = gateway.parts.authority.vault.pseudonym

    first = await gateway.query(PHONES, unit, token)
    await gateway.query(PHONES, unit, token)

    rows = first["data"]["node"]["officials"]["nodes"]
    own = (await gateway.parts.authority.viewer_of(token)).employee_code
    shown = {row["id"] for row in rows if row["phone"]} - {global_id("Official", str(own))}
    told = await reads(gateway)
    assert shown
    assert {(one["kind"], *one["fields"], one["count"]) for one in told} == {("phone", "Official.phone", len(shown))}
    assert sum(one.get("times", 1) for one in told) == 2  # one entry, where both fell into a group
    assert set(told[0]["persons"]) == {pseudonym(employee_name(parsed_id(one)[1])) for one in shown}


async def test_a_refused_read_is_no_entry(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope nothing was seen."""
    gateway = desk.gateway
    member = sandbox.world.members[0]

    body = await gateway.query(SCORE, {"id": global_id("Member", member.key)}, await desk.token("citizen-0001"))

    assert {error["extensions"]["scope"] for error in body["errors"]} == {"duty:read"}
    assert await reads(gateway) == []


@pytest.mark.parametrize("order", [("member", "anyone"), ("anyone", "member")])
async def test_who_may_decides_in_a_hot_cache_too(sandbox: Sandbox, desk: SignInDesk, order: tuple[str, str]) -> None:
    """What one may read is never answered to who may not, whoever asked first."""
    member = next(m for m in sandbox.world.members if m.person.work)
    tokens = {"member": await desk.token(member.person.id, "zhezhengding", "openid duty:read"), "anyone": None}
    asked = {"id": global_id("Member", member.key)}

    bodies = {who: await desk.gateway.query(SCORE, asked, tokens[who]) for who in (*order, *order)}

    assert bodies["member"]["data"]["member"]["dutyScore"]
    assert bodies["anyone"]["data"]["member"] == {"dutyScore": None, "upcomingActivities": None}


async def test_a_duty_record_found_by_its_id_tells_whose_it_is(sandbox: Sandbox, desk: SignInDesk) -> None:
    """However staff came to it: the member who did it stands in the audit."""
    gateway = desk.gateway
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    token = await desk.token(staff.id, "zhezhengding", "openid duty:read")
    member = sandbox.world.members[0]
    listed = "query ($id: ID!) { member(id: $id) { dutyRecords(first: 1) { nodes { id } } } }"
    text = "query ($id: ID!) { node(id: $id) { ... on DutyRecord { title } } }"
    found = await gateway.query(listed, {"id": global_id("Member", member.key)}, token)

    body = await gateway.query(text, found["data"]["member"]["dutyRecords"]["nodes"][0], token)

    assert body["data"]["node"]["title"]
    told = [(read["fields"], read["persons"]) for read in await reads(gateway)]
    person = [gateway.parts.authority.vault.pseudonym(member_name(member.key))]
    assert told == [(["Member.dutyRecords"], person), (["DutyRecord.title"], person)]
