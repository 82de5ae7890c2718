"""The platform behind IRS: the gateway signs, the sandbox verifies every byte (wire-formats C, B3, F8)."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from email.utils import formatdate
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.contracted.settings import IrsAccess
from connectors.deadline import Deadline
from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.errors import NotConfiguredError, RefusedSignatureError, RejectedInputError
from connectors.records.duty_record import DutyRecordSource, NewDutyRecord
from connectors.records.member import MemberQuery
from connectors.records.page import PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import ANYONE, Ask
from tests.connectors.duty.people import as_member

Connected = Callable[..., SimpleNamespace]
PATH = "/restapi/prod/IC33000099990204000001/api/v1/studios"
KEY, SECRET = "DEMO_DUTY_AK_0123456789", "DEMO_DUTY_SK_9876543210"


@pytest.fixture
def settings() -> DutySettings:
    """Settings of a platform published through IRS."""
    return DutySettings(timeout_ms=30_000, auth="irs").with_sandbox()


@pytest.fixture
def sandbox(settings: DutySettings, world: World) -> SandboxApp:
    """The platform, by the time it is."""
    return build_sandbox(settings, world)


def signed(method: str, path: str, query: str, date: str, key: str = KEY) -> dict[str, str]:
    """The headers of B3, made by hand."""
    text = f"{method}\n{path}\n{query}\n{key}\n{date}\n"
    made = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()).decode()
    return {
        "X-BG-HMAC-ACCESS-KEY": key,
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": date,
        "X-BG-HMAC-SIGNATURE": made,
    }


def now(ahead: float = 0) -> str:
    """The time as B3 writes it."""
    return formatdate(time.time() + ahead, usegmt=True)


async def test_a_call_signed_by_hand_is_taken(sandbox: SandboxApp, world: World) -> None:
    """B3: method, path, sorted query, key and date, with a final newline; the wire's own order of the query is free."""
    ids = f"{world.studios[0].key},S0"
    date, canonical = now(), f"ids={ids.replace(',', '%2C')}"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://irs") as client:
        answer = await client.get(f"{PATH}?ids={ids}", headers=signed("GET", PATH, canonical, date))
        token = await client.post("/oauth/token", data={"grant_type": "client_credentials"})

    assert answer.status_code == 200
    assert [row["id"] for row in answer.json()["items"]] == [world.studios[0].key]
    assert token.status_code == 404


REFUSED: list[tuple[str, Callable[[], dict[str, Any]], str]] = [
    ("the signature", lambda: signed("GET", PATH, "ids=S2", now()), "Invalid signature"),
    ("the method", lambda: signed("POST", PATH, "ids=S1", now()), "Invalid signature"),
    ("the key", lambda: signed("GET", PATH, "ids=S1", now(), "OTHER"), "Invalid access key"),
    ("the clock", lambda: signed("GET", PATH, "ids=S1", now(-93)), "Clock skew exceeded"),
    ("the date", lambda: signed("GET", PATH, "ids=S1", "2026-11-22 12:00:00"), "Invalid signature"),
    (
        "the algorithm",
        lambda: signed("GET", PATH, "ids=S1", now()) | {"X-BG-HMAC-ALGORITHM": "HMAC"},
        "Invalid signature",
    ),
    ("no headers", dict, "Invalid signature"),
]


@pytest.mark.parametrize(("_what", "headers", "message"), REFUSED)
async def test_what_irs_refuses(
    _what: str, headers: Callable[[], dict[str, Any]], message: str, sandbox: SandboxApp
) -> None:
    """B3, F8: HTTP 401 with a bare message, in the order key, clock, signature."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://irs") as client:
        answer = await client.get(f"{PATH}?ids=S1", headers=headers())

    assert (answer.status_code, answer.json()) == (401, {"message": message})


async def test_ninety_seconds_are_borne(sandbox: SandboxApp) -> None:
    """F8: a difference up to 90 s is accepted."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://irs") as client:
        answer = await client.get(f"{PATH}?ids=S1", headers=signed("GET", PATH, "ids=S1", now(-85)))

    assert answer.status_code == 200


async def test_other_components_are_forbidden(sandbox: SandboxApp) -> None:
    """F8: an unknown component is 401, not 404; a path of ours that is none is 404."""
    other, unserved = "/restapi/prod/IC1/api/v1/studios", PATH + "/none"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://irs") as client:
        forbidden = await client.get(other, headers=signed("GET", other, "", now()))
        missing = await client.get(unserved, headers=signed("GET", unserved, "", now()))

    assert (forbidden.status_code, forbidden.json()) == (401, {"message": "The route_id is forbidden."})
    assert missing.status_code == 404


async def test_the_gateway_reads_and_writes_through_irs(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """The same sources, no token: reads by GET and POST, lists with Chinese in their filters, writes."""
    me = world.members[0]
    [studio] = await duty.studios.load_studios([world.studios[0].key], ask)
    [page] = await duty.members.list_members([MemberQuery(name=me.person.name)], PageArgs(first=5), ask)
    record = NewDutyRecord(
        member_key=me.key, kind="TRAINING", title="读书", occurred_at=world.today, source=DutyRecordSource.STUDIO_REPLY
    )
    made = await duty.records.add_duty_record(record, "write-0123456789ab", as_member(me))

    assert studio.key == world.studios[0].key
    assert me.key in {member.key for member in page.nodes}
    assert made.title == "读书"
    assert "token" not in sandbox.calls


async def test_values_that_cannot_be_signed_are_not_sent(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """B3: keep ``+`` and ``%`` out of query values."""
    pages = await duty.members.list_members([MemberQuery(name="a+b"), MemberQuery(name="5%")], PageArgs(first=5), ask)

    assert [type(page) for page in pages] == [RejectedInputError] * 2
    assert sandbox.calls.total() == 0


async def test_a_clock_that_differs_is_corrected(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """The refused call is sent once more by the platform's clock; the next is right at once."""
    sandbox.faults.put(Fault(FaultKind.CLOCK, None, 300_000))

    for _ in range(2):
        assert await duty.studios.load_studios(["S1"], ask) == [None]
        await duty.members.load_members(["M1"], ask)

    assert sandbox.calls == {"studios": 2, "members": 1}


async def test_a_wrong_secret_is_ours_to_mend(
    settings: DutySettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """Refused once, not asked again."""
    irs = settings.irs.model_copy(update={"secret_key": IrsAccess(secret_key="x").secret_key})
    duty = connected(settings.model_copy(update={"irs": irs}), httpx.ASGITransport(sandbox))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    assert type(entry) is RefusedSignatureError
    assert sandbox.calls == {"studios": 1}


async def test_without_keys_nobody_is_called(world: World, connected: Connected) -> None:
    """OAuth's credentials do not count where IRS signs."""
    settings = DutySettings(auth="irs", base_url="http://irs", client_id="a", client_secret="b")
    duty = connected(settings, httpx.ASGITransport(build_sandbox(settings, world)))

    [entry] = await duty.studios.load_studios(["S1"], Ask(ANYONE, Deadline.after(5)))

    assert type(entry) is NotConfiguredError
    assert duty.requests == []
