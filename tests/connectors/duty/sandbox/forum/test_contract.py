"""The sandbox speaks the contracts of deliberations, statements, articles, reading and search, and the client asks so.

Requests here are written by hand from the contract files; the client's own are checked against the same files.
"""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from tests.contracts import Contract

FILES = ("deliberations.yaml", "statements.yaml", "articles.yaml", "reading.yaml", "search.yaml")
ROOM, GROUP, ID = "DL331000005", "RG33100000", "write-0123456789ab"
PAGE = {"first": "3", "withTotal": "true"}
READS: dict[str, dict[str, str]] = {
    "deliberations": {"ids": f"{ROOM},DL331000012,DL331000002,DL0"},
    "deliberations.list": PAGE | {"kind": "HOT_TOPIC", "regionCode": "331000", "topLevel": "true", "text": "协商"},
    "deliberations.children": PAGE | {"ownerIds": "DL331000100,DL0"},
    "statements": {"ids": f"{ROOM}-00001,{ROOM}-00002,x"},
    "deliberations.statements": PAGE | {"ownerIds": ROOM, "orderBy": "POSTED_AT_DESC"},
    "statements.waiting": PAGE | {"deliberationId": ROOM, "viewerModerator": "true"},
    "members.deliberations": PAGE | {"ownerIds": "M33100000001,M0"},
    "members.statements": PAGE | {"ownerIds": "M33100000001,M0"},
    "articles": {"ids": "AR331000000,AR331000002,AR0"},
    "articles.list": PAGE | {"organizationCode": "GO_zx331000", "orderBy": "PUBLISHED_AT_DESC"},
    "readingGroups": {"ids": GROUP},
    "readingGroups.list": PAGE | {"organizationCode": "GO_zx331000"},
    "readingGroups.posts": PAGE | {"ownerIds": GROUP},
    "readingPosts": {"ids": f"{GROUP}-00001"},
    "studyMaterials": {"ids": "SM0000,SM0001"},
    "studyMaterials.list": PAGE | {"kind": "VIDEO"},
    "search": PAGE | {"text": "法律服务", "kinds": "MEMBER,STUDIO,DELIBERATION"},
}
CHANGES = {"deliberations.list": {}, "articles.list": {}, "deliberations.statements": {"ownerIds": ROOM}}


def bodies(world: World) -> dict[str, dict[str, Any]]:
    """A write of each operation, as somebody who read only the contract would send it."""
    citizen = {"citizenId": world.citizens[0].user_id}
    staff = next(person for person in world.officials if "staff" in person.roles)
    wanted = {"memberId": world.members[0].key}
    return {
        "statements.post": {"actor": citizen, "deliberationId": ROOM, "body": "支持", "displayName": "*大友"},
        "statements.like": {"actor": wanted, "statementId": f"{ROOM}-00003", "liked": True},
        "statements.moderate": {
            "actor": {"employeeCode": staff.work.employee_code if staff.work else ""},
            "statementId": f"{ROOM}-00448",
            "publish": True,
        },
        "readingGroups.join": {"actor": wanted, "groupId": GROUP},
        "readingGroups.post": {"actor": wanted, "groupId": GROUP, "body": "读后感"},
    }


def address(contract: Contract, name: str) -> str:
    """Where an operation is, below ``/api/v1``."""
    return contract.operations[name].path.removeprefix("/api/v1")


def test_every_operation_is_served(contract: Contract, sandbox: SandboxApp) -> None:
    """What the five files describe is what the sandbox has, by name, method and path."""
    described = {n: (o.method, o.path) for n, o in contract.operations.items() if o.file in FILES}
    served = {o.name: (o.methods[0], o.path) for o in sandbox.operations}

    assert described == {name: served.get(name) for name in described}
    assert set(described) == {*READS, *bodies_names(), "articles.cover"}


def bodies_names() -> set[str]:
    """The writes."""
    return {"statements.post", "statements.like", "statements.moderate", "readingGroups.join", "readingGroups.post"}


@pytest.mark.parametrize("name", READS)
async def test_reads_answer_by_the_contract(name: str, contract: Contract, raw: httpx.AsyncClient) -> None:
    """A request made from the contract alone is answered with rows that are of its form."""
    answer = await raw.get(address(contract, name), params=READS[name])

    assert answer.status_code == 200
    assert contract.against(name, answer) == []
    body = answer.json()
    assert body.get("items") or body.get("rows")


@pytest.mark.parametrize("name", CHANGES)
async def test_changes_answer_by_the_contract(
    name: str, contract: Contract, raw: httpx.AsyncClient, world: World
) -> None:
    """What changed since a time, the withdrawn among it, and the next page behind its last cursor."""
    since = (world.today - timedelta(days=40)).isoformat()
    asked = CHANGES[name] | {"first": "100", "orderBy": "CHANGED_AT_ASC", "changedSince": since}
    gone = 0
    for _ in range(10):
        answer = await raw.get(address(contract, name), params=asked)
        assert contract.against(name, answer) == []
        page = answer.json().get("items", [answer.json()])[0]
        gone += sum(row["withdrawnAt"] is not None for row in page["rows"])
        if not page["hasNext"]:
            break
        asked["after"] = page["rows"][-1]["cursor"]

    assert gone


@pytest.mark.parametrize("name", sorted(bodies_names()))
async def test_writes_answer_by_the_contract(
    name: str, contract: Contract, raw: httpx.AsyncClient, world: World
) -> None:
    """Done once; the same again answers the same, another body is refused; and the platform tells what became of it."""
    join = {"writeId": f"{ID}-join"} | bodies(world)["readingGroups.join"]
    await raw.post(address(contract, "readingGroups.join"), json=join)
    body = {"writeId": ID} | bodies(world)[name]
    assert contract.against_body(name, body) == []

    first = await raw.post(address(contract, name), json=body)
    again = await raw.post(address(contract, name), json=body)
    other = await raw.post(address(contract, name), json=body | {"actor": {"memberId": world.members[1].key}})
    told = await raw.get("/writes", params={"ids": ID})

    assert first.status_code == 200
    assert contract.against(name, first) == []
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (409, "WRITE_ID_REUSED")
    assert contract.against(name, other) == []
    [write] = told.json()["items"]
    assert (write["operation"], write["entityId"]) == (name, first.json()["id"])


REFUSED = {
    "deliberations": [{}, {"ids": ""}, {"ids": "a b"}, {"ids": "x", "first": "1"}, {"ids": ",".join(["x"] * 101)}],
    "deliberations.list": [
        {},
        {"first": "0"},
        {"first": "101"},
        PAGE | {"kind": "hot"},
        PAGE | {"status": "ENDED"},
        PAGE | {"regionCode": "3310"},
        PAGE | {"topLevel": "yes"},
        PAGE | {"text": "公" * 51},
        PAGE | {"orderBy": "TITLE"},
        PAGE | {"orderBy": "CHANGED_AT_ASC"},
        PAGE | {"changedSince": "2026-11-01T00:00:00Z"},
        PAGE | {"orderBy": "CHANGED_AT_ASC", "changedSince": "2026-11-01T00:00:00"},
        PAGE | {"after": "nonsense"},
        PAGE | {"nobody": "knows"},
    ],
    "deliberations.statements": [PAGE, PAGE | {"ownerIds": ROOM, "changedSince": "2026-11-01T00:00:00Z"}],
    "search": [PAGE | {"kinds": "MEMBER"}, PAGE | {"text": "法"}, PAGE | {"text": "法", "kinds": "MEMBER,QUESTION"}],
    "studyMaterials.list": [PAGE | {"kind": "PODCAST"}, PAGE | {"withTotal": "1"}],
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_the_contract_does_not_allow_is_refused(
    name: str, contract: Contract, raw: httpx.AsyncClient
) -> None:
    """A parameter that is missing, unknown, given twice or not of its form is a 422 with a code of the contract."""
    twice = [*READS[name].items(), *READS[name].items()]
    for asked in [*REFUSED[name], twice]:
        answer = await raw.get(address(contract, name), params=asked)

        assert answer.status_code == 422
        assert contract.against(name, answer) == []


@pytest.mark.parametrize("name", sorted(bodies_names()))
async def test_bodies_that_are_none_are_refused(
    name: str, contract: Contract, raw: httpx.AsyncClient, world: World
) -> None:
    """Never a 500: no JSON, JSON of another form, deep, not UTF-8, not a number, or with members nobody asked for."""
    right = {"writeId": ID} | bodies(world)[name]
    deep = b'{"writeId":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    needed = [key for key in right if key != "displayName"]
    wrong = [
        *(json.dumps({key: value for key, value in right.items() if key != left}).encode() for left in needed),
        *(json.dumps(right | {key: [7]}).encode() for key in right),
        json.dumps(right | {"more": 1}).encode(),
        json.dumps(right | {"writeId": "short"}).encode(),
        json.dumps(right | {"actor": {}}).encode(),
        json.dumps(right | {"actor": {"memberId": "M1", "citizenId": "c"}}).encode(),
        b"",
        b"[]",
        b"null",
        b'{"writeId": NaN}',
        b"\xff\xfe",
        b"1" * 5000,
        deep,
    ]
    for body in wrong:
        answer = await raw.post(address(contract, name), content=body, headers={"Content-Type": "application/json"})

        assert answer.status_code == 422, body[:80]
        assert contract.against(name, answer) == []
    form = await raw.post(address(contract, name), data={"writeId": ID})
    assert form.status_code == 422


async def test_a_token_and_its_scope_come_first(
    contract: Contract, raw: httpx.AsyncClient, settings: DutySettings, world: World
) -> None:
    """Without a token nothing is told; with one for reading only, nothing is written."""
    del raw.headers["Authorization"]
    for name in (*READS, "articles.cover"):
        answer = await raw.get(address(contract, name).replace("{id}", "AR331000002"))
        assert answer.status_code == 401
        assert contract.against(name, answer) == []

    form = {"grant_type": "client_credentials", "scope": "duty.read"}
    pair = (settings.client_id, settings.client_secret.get_secret_value())
    told = (await raw.post("http://duty.example/oauth/token", data=form, auth=pair)).json()
    raw.headers["Authorization"] = f"Bearer {told['access_token']}"
    for name, body in bodies(world).items():
        answer = await raw.post(address(contract, name), json={"writeId": ID} | body)
        assert (answer.status_code, answer.json()["code"]) == (403, "INSUFFICIENT_SCOPE")
        assert contract.against(name, answer) == []


async def test_a_cover_is_a_picture(contract: Contract, raw: httpx.AsyncClient) -> None:
    """The same article has the same one; what has none, or is none, is not found."""
    listed = (await raw.get("/articles/list", params={"first": "100"})).json()["rows"]
    with_one = next(row["id"] for row in listed if row["hasCover"])
    without = next(row["id"] for row in listed if not row["hasCover"])

    first, again = [await raw.get(f"/articles/{with_one}/cover") for _ in range(2)]
    none = [await raw.get(f"/articles/{key}/cover") for key in (without, "AR0", "%20")]

    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert first.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert again.content == first.content
    assert [answer.status_code for answer in none] == [404] * 3
    assert contract.against("articles.cover", none[0]) == []
