"""Writes over HTTP, by hand: done once, by whom they may be, and never a 500 for what is none."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from tests.connectors.duty.contract import CONTRACT, claims
from tests.connectors.duty.sandbox.signing_in import bearer

WRITE = "write-0123456789ab"


def shift(world: World, **more: Any) -> dict[str, Any]:
    """A well-formed shift of the first studio's convener, by the convener."""
    convener = world.studios[0].members[0].key
    starts = world.today + timedelta(days=3)
    return {
        "writeId": WRITE,
        "actor": {"memberId": convener},
        "studioId": world.studios[0].key,
        "memberId": convener,
        "startsAt": starts.isoformat(),
        "endsAt": (starts + timedelta(hours=2)).isoformat(),
    } | more


async def sent(
    sandbox: SandboxApp, settings: DutySettings, *bodies: Any, scope: str = "duty.write"
) -> list[httpx.Response]:
    """What comes of these bodies, one after another."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        headers = await bearer(client, settings, scope) | {"Content-Type": "application/json"}
        answers = []
        for body in bodies:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            answers.append(await client.post("/api/v1/shifts/schedule", content=content, headers=headers))
        if scope == "duty.write":
            answers.append(await client.get(f"/api/v1/writes?ids={WRITE},never", headers=headers))
        return answers


async def test_the_same_write_twice(sandbox: SandboxApp, settings: DutySettings, world: World) -> None:
    """The same answer, byte by byte; another body under its id is refused; the id can be asked for."""
    body = shift(world)
    reordered = dict(reversed(body.items()))

    one, two, other, asked = await sent(sandbox, settings, body, reordered, body | {"topic": "另一个"})

    assert (one.status_code, two.status_code, one.content) == (200, 200, two.content)
    assert (other.status_code, other.json()["code"]) == (409, "WRITE_ID_REUSED")
    assert [row["entityId"] for row in asked.json()["items"]] == [one.json()["id"]]
    for answer in (one, other):
        assert claims("shifts.schedule", answer) == []
    assert claims("writes", asked) == []


async def test_a_refused_write_leaves_its_id_free(sandbox: SandboxApp, settings: DutySettings, world: World) -> None:
    """What was not done stands for nothing: the same id does it right afterwards."""
    wrong = shift(world, memberId="M0")

    refused, done, _ = await sent(sandbox, settings, wrong, shift(world))

    assert (refused.status_code, done.status_code) == (404, 200)
    assert claims("shifts.schedule", refused) == []


NOT_BODIES: list[tuple[Any, int, str]] = [
    ({"writeId": "short"}, 422, "INVALID_BODY"),
    ({"writeId": WRITE + "\n"}, 422, "INVALID_BODY"),
    ({"more": 1}, 422, "INVALID_BODY"),
    ({"actor": {}}, 422, "INVALID_BODY"),
    ({"actor": {"memberId": "M1", "employeeCode": "GE_1"}}, 422, "INVALID_BODY"),
    ({"actor": {"memberId": "M0"}}, 403, "ACTOR_NOT_ALLOWED"),
    ({"actor": {"employeeCode": "GE_0"}}, 403, "ACTOR_NOT_ALLOWED"),
    ({"topic": ""}, 422, "INVALID_BODY"),
    ({"startsAt": "2026-11-25T10:00:00"}, 422, "INVALID_BODY"),
    ({"startsAt": "2020-11-25T10:00:00Z"}, 422, "INVALID_RANGE"),
    ({"endsAt": "9999-12-31T23:59:59Z"}, 422, "INVALID_RANGE"),
    ({"studioId": None}, 422, "INVALID_BODY"),
]


@pytest.mark.parametrize(("change", "status", "code"), NOT_BODIES)
async def test_bodies_that_are_refused(
    change: dict[str, Any], status: int, code: str, sandbox: SandboxApp, settings: DutySettings, world: World
) -> None:
    """Each with its code, in the contract's form; and nothing was done."""
    answer, asked = await sent(sandbox, settings, shift(world, **change))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert claims("shifts.schedule", answer) == []
    assert asked.json() == {"items": []}


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{", b'{"writeId": "\xff"}', b"[" * 100_000, b'{"writeId": NaN}', b'{"writeId": 1e999}'],
)
async def test_what_is_no_body_at_all(body: bytes, sandbox: SandboxApp, settings: DutySettings) -> None:
    """However odd, it is the caller's, and no failure of the platform."""
    answer, _ = await sent(sandbox, settings, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_BODY")


async def test_the_scope_to_write(sandbox: SandboxApp, settings: DutySettings, world: World) -> None:
    """A token to read opens no write, nor what became of one."""
    [answer] = await sent(sandbox, settings, shift(world), scope="duty.read")

    assert (answer.status_code, answer.json()["code"]) == (403, "INSUFFICIENT_SCOPE")


async def test_shifts_that_overlap(sandbox: SandboxApp, settings: DutySettings, world: World) -> None:
    """A member is on duty once at a time; the new shift is there for all who ask."""
    body = shift(world)
    later = body | {"writeId": f"{WRITE}-2", "startsAt": (world.today + timedelta(days=3, hours=1)).isoformat()}

    done, overlapping, _ = await sent(sandbox, settings, body, later)

    assert (overlapping.status_code, overlapping.json()["code"]) == (409, "SHIFT_OVERLAPS")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        headers = await bearer(client, settings, "duty.read")
        params = {"ownerIds": "331000", "from": body["startsAt"], "to": body["endsAt"]}
        found = await client.get("/api/v1/regions/shifts", params=params, headers=headers)
    assert done.json() in found.json()["items"][0]["rows"]


async def test_a_post_takes_no_parameters_and_json_only(
    sandbox: SandboxApp, settings: DutySettings, world: World
) -> None:
    """A body of another media type, and parameters beside it, are refused."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        headers = await bearer(client, settings, "duty.write")
        form = await client.post("/api/v1/shifts/schedule", data={"writeId": WRITE}, headers=headers)
        beside = await client.post("/api/v1/shifts/schedule?dryRun=true", json=shift(world), headers=headers)

    assert (form.status_code, form.json()["code"]) == (422, "INVALID_BODY")
    assert (beside.status_code, beside.json()["code"]) == (422, "INVALID_PARAMETER")


def test_every_write_needs_the_scope_and_an_id() -> None:
    """All files of the contract: a POST that changes something carries ``writeId`` and is behind ``duty.write``."""
    reading = {"token", "members.lookup", "login.token"}
    for name, operation in CONTRACT.operations.items():
        if operation.method != "POST" or name in reading:
            continue
        missing = CONTRACT.against_body(name, {})
        assert operation.described["security"] == [{"oauth": ["duty.write"]}], name
        assert {"'writeId' is a required property", "'actor' is a required property"} <= set(missing), name
