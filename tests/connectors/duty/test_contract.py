"""The contract is a valid description, the sandbox has what it names, and the client asks by it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from connectors.records.activity import ActivityQuery
from connectors.records.duty_record import DutyRecordQuery, DutyRecordSource, DutyRecordStatus, NewDutyRecord
from connectors.records.duty_score import LeaderboardQuery
from connectors.records.identity import Identity
from connectors.records.member import MemberOrder, MemberQuery
from connectors.records.page import PageArgs
from connectors.records.shift import NewShift, Span
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Viewer
from tests.connectors.duty.contract import CONTRACT, OWN

STUDIO, MEMBER = "S3310000001", "M33100000001"
PAGE = PageArgs(first=1, with_total=True)


def references_in(node: Any) -> Iterator[str]:
    """Every ``$ref`` below the node."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        yield from (found for value in node.values() for found in references_in(value))
    elif isinstance(node, list):
        yield from (found for value in node for found in references_in(value))


@pytest.mark.parametrize("file", CONTRACT.files)
def test_contract_is_valid_openapi(file: str) -> None:
    """Each document follows OpenAPI 3.1, its schemas JSON Schema, and no reference leads nowhere."""
    content = CONTRACT.files[file]

    found = [error.message for error in Draft202012Validator(OPENAPI_31).iter_errors(content)]

    assert found == []
    for schema in content["components"].get("schemas", {}).values():
        Draft202012Validator.check_schema(schema)
    for reference in references_in(content):
        assert CONTRACT.resolved({"$ref": reference}, file)


def test_sandbox_serves_what_the_contract_names(sandbox: SandboxApp) -> None:
    """Both know the same operations under the same paths and methods."""
    served = {o.name: (*o.methods, o.path) for o in sandbox.operations if o.name != "unknown"}

    assert served == {name: (o.method, o.path) for name, o in CONTRACT.operations.items()}


async def test_the_client_asks_by_the_contract(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Each request the sources send is one the contract describes, with nothing added or missing."""
    await read_registry(duty, world, ask)
    member = Ask(Viewer(roles=frozenset({Role.MEMBER}), member_key=MEMBER), ask.deadline)
    staff = next(p.work.employee_code for p in world.officials if "staff" in p.roles and p.work)
    office = Ask(Viewer(roles=frozenset({Role.STAFF}), employee_code=staff), ask.deadline)
    await read_duties(duty, world, member, office)

    seen = {asked(request) for request in duty.requests}

    assert seen == {name for name, operation in CONTRACT.operations.items() if operation.file in OWN}


async def read_registry(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Ask for everything that anybody may see."""
    span = Span(start=world.today, end=world.today + timedelta(days=7))
    portrait = next(m.portrait_path for m in await duty.members.load_members([MEMBER], ask) if m.portrait_path)
    await duty.studios.load_studios([STUDIO], ask)
    await duty.studios.list_member_studios([MEMBER], ask)
    [page] = await duty.members.list_studio_members([STUDIO], PAGE, ask)
    await duty.members.list_studio_members([STUDIO], PageArgs(first=1, after=page.end), ask)
    queries = [
        MemberQuery(name="陈"),
        MemberQuery(region_key="331002", sector_code="L_CPC", order=MemberOrder.NAME_ASC),
    ]
    await duty.members.list_members([*queries, MemberQuery(organization_key="GO_zx331000")], PAGE, ask)
    await duty.members.load_members_by_employee(["GE_1"], ask)
    await duty.lookup.find_members([Identity(platform="zheliban", subject="u", name="", id_number="1")], ask)
    await duty.committees.load_committees(["GO_zx331000"], ask)
    await duty.committees.list_committee_children(["GO_zx331000"], ask)
    await duty.committees.load_portals(["GO_zx331000"], ask)
    await duty.committees.list_sectors(["GO_zx331000"], 14, ask)
    await duty.committees.load_region_counts(["331000"], ask)
    await duty.shifts.load_shifts(["D1"], ask)
    await duty.shifts.list_studio_shifts([STUDIO], span, ask)
    await duty.shifts.list_member_shifts([MEMBER], span, ask)
    await duty.shifts.list_region_shifts(["331000"], span, ask)
    await duty.portraits.open_file(portrait, ask)
    await duty.writes.load_writes(["never-done-0123456789"], ask)


async def read_duties(duty: SimpleNamespace, world: World, member: Ask, office: Ask) -> None:
    """Ask for what is a member's own and the offices', and write."""
    year, start = world.today.year, world.today.astimezone(CHINA)
    activity = f"A331000-{start - timedelta(minutes=10):%Y%m%d}N"
    await duty.scores.load_duty_scores([MEMBER], year, member)
    await duty.scores.load_member_strengths([MEMBER], member)
    await duty.scores.list_leaderboard([LeaderboardQuery(year=year, organization_key="GO_zx331000")], PAGE, member)
    await duty.scores.list_leaderboard([LeaderboardQuery(year=year, region_key="331002")], PAGE, office)
    await duty.scores.load_scoring_schemes(["GO_zx331000"], year, member)
    query = DutyRecordQuery(year=year, kind="TRAINING", status=DutyRecordStatus.VERIFIED)
    await duty.records.list_member_duty_records([MEMBER], query, PAGE, member)
    record = NewDutyRecord(
        member_key=MEMBER, kind="TRAINING", title="读书", occurred_at=start, source=DutyRecordSource.SELF, draft=True
    )
    made = await duty.records.add_duty_record(record, "write-0123456789ab", member)
    await duty.records.move_duty_record(made.key, DutyRecordStatus.SUBMITTED, None, "write-0123456789ac", member)
    await duty.records.load_duty_records([made.key], office)
    await duty.activities.load_activities([activity], member)
    [page] = await duty.activities.list_member_activities([MEMBER], ActivityQuery(upcoming=True), PAGE, member)
    await duty.activities.list_committee_activities(["GO_zx331000"], ActivityQuery(upcoming=False), PAGE, office)
    [code] = await duty.attendances.load_check_in_codes([activity], office)
    await duty.attendances.check_in(code.code, "write-0123456789ad", member)
    await duty.attendances.check_in_member(activity, "M33100000011", "write-0123456789ae", office)
    ahead = (
        await duty.activities.list_member_activities([MEMBER], ActivityQuery(upcoming=True), PageArgs(first=9), member)
    )[0]
    await duty.attendances.ask_leave(ahead.nodes[-1].key, "出差", "write-0123456789af", member)
    await duty.attendances.load_attendances([f"{activity}-{MEMBER}"], member)
    await duty.attendances.list_activity_attendances([activity], PAGE, office)
    studio = next(studio for studio in world.studios if studio.key == STUDIO)
    turn = NewShift(
        studio_key=STUDIO,
        member_key=studio.members[0].key,
        starts_at=start + timedelta(days=3),
        ends_at=start + timedelta(days=3, hours=1),
        topic="答疑",
    )
    await duty.shifts.schedule_shift(turn, "write-0123456789ag", office)
    assert page.total


def asked(request: httpx.Request) -> str:
    """The operation a request is; fails where the contract does not describe it."""
    name = next(
        name
        for name, o in CONTRACT.operations.items()
        if o.method == request.method and o.path.replace("{id}", MEMBER) == request.url.path
    )
    operation = CONTRACT.operations[name]
    found = [CONTRACT.resolved(each, operation.file) for each in operation.described.get("parameters", ())]
    described = {parameter["name"]: (parameter, file) for parameter, file in found if parameter["in"] == "query"}
    sent = dict(request.url.params)
    assert set(sent) <= set(described)
    assert {n for n, (p, _) in described.items() if p.get("required")} <= set(sent)
    for parameter, text in sent.items():
        schema, file = described[parameter][0]["schema"], described[parameter][1]
        kind = CONTRACT.resolved(schema, file)[0].get("type", "string")
        assert CONTRACT.problems(schema, read_as(kind, text), file) == [], (name, parameter)
    if request.headers.get("content-type") == "application/json":
        assert CONTRACT.against_body(name, json.loads(request.content)) == []
    return name


def read_as(kind: str, text: str) -> Any:
    """A query value as its schema means it."""
    readers: dict[str, Callable[[str], Any]] = {
        "array": lambda t: t.split(","),
        "integer": int,
        "boolean": lambda t: {"true": True, "false": False}[t],
    }
    return readers.get(kind, str)(text)
