"""The codes of the classic sign-on, in the order wire-formats F9 says, asked with forms signed by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import AK, DIRECT, FORM, NOW, over
from tests.connectors.zheliban.wire import classic_asked as asked


@pytest.fixture
def made(world: World) -> Callable[..., SandboxApp]:
    """Makes the platform with some settings of its sandbox, at a moment that does not pass."""

    def build(**sandbox: Any) -> SandboxApp:
        settings = ZhelibanSettings.model_validate({"sandbox": sandbox}).with_sandbox()
        return build_sandbox(settings, world, clock=lambda: NOW)

    return build


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"servicecode": "nobody", "time": "x", "sign": "x", "method": "x"}, "9900"),
        ({"servicecode": AK}, "9900"),
        ({"time": "x", "sign": "x", "method": "x"}, "9902"),
        ({"time": "2026-11-22 12:00:00", "sign": "x"}, "9902"),
        ({"time": "20261399999999", "sign": "x"}, "9902"),
        ({"time": "20250304100304", "sign": "c8620f9d084a1138804cb950ade0d2b9"}, "9902"),
        ({"sign": "x", "method": "x"}, "9901"),
        ({"sign": "C8620F9D084A1138804CB950ADE0D2B9"}, "9901"),
        ({"password": "Other"}, "9901"),
        ({"method": "x", "st": "x"}, "9800"),
        ({"st": "x" * 51}, "6004"),
        ({"st": ""}, "6004"),
        ({}, "6004"),
        ({"st": "x" * 50}, "6002"),
        ({"method": "getUserInfo", "token": "x" * 51}, "6505"),
        ({"method": "getUserInfo"}, "6505"),
        ({"method": "getUserInfo", "token": "x"}, "6502"),
    ],
    ids=str,
)
async def test_codes_come_in_their_order(made: Callable[..., SandboxApp], fields: dict[str, str], code: str) -> None:
    """F9: 9900, 9902, 9901, 9800, then what the method says."""
    async with over(made()) as client:
        answer = await asked(client, fields.pop("method", "ticketValidation"), **fields)

    assert (answer["result"], "token" in answer, bool(answer["errmsg"])) == (code, False, True)


@pytest.mark.parametrize(("off", "code"), [(300, "6002"), (-300, "6002"), (301, "9902"), (-301, "9902")])
async def test_five_minutes_are_allowed(made: Callable[..., SandboxApp], off: int, code: str) -> None:
    """B2, F9: the time may be off five minutes to either side."""
    async with over(made()) as client:
        assert (await asked(client, "ticketValidation", at=NOW + off, st="x"))["result"] == code


@pytest.mark.parametrize(
    ("code", "of_ticket", "of_user"),
    [
        ("9903", "9903", "9903"),
        ("9904", "9904", "9904"),
        ("6099", "6099", "6502"),
        ("6503", "6002", "6503"),
        ("6599", "6002", "6599"),
    ],
)
async def test_the_other_published_codes_can_be_wished(
    made: Callable[..., SandboxApp], code: str, of_ticket: str, of_user: str
) -> None:
    """B2: codes that no caller can cause are a setting of the sandbox; a bad signature still comes first."""
    async with over(made(simple_refusal=code)) as client:
        ticket = await asked(client, "ticketValidation", st="x")
        user = await asked(client, "getUserInfo", token="x")
        unproven = await asked(client, "getUserInfo", sign="x")

    assert [ticket["result"], user["result"], unproven["result"]] == [of_ticket, of_user, "9901"]


async def test_nonsense_is_refused(made: Callable[..., SandboxApp]) -> None:
    """Bodies that are no form are calls of nobody."""
    async with over(made()) as client:
        for body in (b"", b"\xff\xfe", b"&" * 10_000, b"[" * 10_000):
            answer = await client.post(DIRECT, content=body, headers=FORM)
            assert (answer.status_code, "<result>9900</result>" in answer.text) == (200, True)
