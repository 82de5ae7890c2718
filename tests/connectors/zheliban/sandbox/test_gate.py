"""The IRS gate as wire-formats B3, E1 and F8 say it, asked with requests signed by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import NOW, TOKEN_PATH, irs_headers, over, post_json, ticket_of

INVALID_TICKET = {
    "success": False,
    "errorCode": "C-USER-SSO-TICKET-INVALID",
    "errorMsg": "票据无效或已使用",
    "data": None,
}


@pytest.fixture(scope="module")
def still(settings: ZhelibanSettings, world: World) -> SandboxApp:
    """The platform, strict, at a moment that does not pass."""
    return build_sandbox(settings, world, clock=lambda: NOW + 0.9)


@pytest.fixture(scope="module")
def lenient(world: World) -> SandboxApp:
    """The platform, lenient."""
    settings = ZhelibanSettings.model_validate({"sandbox": {"strict": False}}).with_sandbox()
    return build_sandbox(settings, world, clock=lambda: NOW)


async def test_the_published_request_is_taken(still: SandboxApp) -> None:
    """B3, B5.1: with the ticket of nobody, what stands behind the gate answers in its own envelope."""
    async with over(still) as client:
        answer = await post_json(client, TOKEN_PATH, {"ticketId": "debug_tk_demo0001", "appId": "2000000001"}, at=NOW)

    assert (answer.status_code, answer.json()) == (200, INVALID_TICKET)


async def test_vector_i1_is_taken_at_its_moment(settings: ZhelibanSettings, world: World) -> None:
    """B3: the computed vector I1 passes the gate at the time it was made for."""
    headers = {
        "X-BG-HMAC-ACCESS-KEY": "DEMO_AK_0123456789abcdef",
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": "Tue, 04 Mar 2025 02:03:04 GMT",
        "X-BG-HMAC-SIGNATURE": "iJ6YA/0ETORXxFwwjVO3QflvfocQrhIRvqPenE+0jH8=",
    }
    async with over(build_sandbox(settings, world, clock=lambda: 1_741_053_784.0)) as client:
        answer = await client.post(TOKEN_PATH, json={"ticketId": "x", "appId": "2000000001"}, headers=headers)

    assert answer.json() == INVALID_TICKET


async def test_vector_i2_reaches_the_route(settings: ZhelibanSettings, world: World) -> None:
    """B3: the computed vector I2 is signed well; its component is none of the application's."""
    headers = {
        "X-BG-HMAC-ACCESS-KEY": "DEMO_AK_0123456789abcdef",
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": "Tue, 04 Mar 2025 02:03:04 GMT",
        "X-BG-HMAC-SIGNATURE": "bSmFs82m+rgEWZe4Xm4qnSvglmaN8pRGGnlTWcwC5a0=",
    }
    params = {"pageNo": "1", "keyword": "委员 工作室", "areaCode": "330000"}
    async with over(build_sandbox(settings, world, clock=lambda: 1_741_053_784.0)) as client:
        path = "/restapi/prod/IC33000099990101000001/demo/list"
        answer = await client.get(path, params=params, headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"message": "The route_id is forbidden."})


@pytest.mark.parametrize(
    ("off", "message"),
    [(90, None), (-90, None), (91, "Clock skew exceeded"), (-91, "Clock skew exceeded")],
)
async def test_ninety_seconds_are_allowed(still: SandboxApp, off: int, message: str | None) -> None:
    """F8: a difference of 90 s is accepted, of 91 s refused, to either side."""
    async with over(still) as client:
        answer = await post_json(client, TOKEN_PATH, {}, at=NOW + off)

    assert answer.json().get("message") == message


Change = Callable[[dict[str, str]], dict[str, str]]


def without(name: str) -> Change:
    """The headers without one."""
    return lambda headers: {key: value for key, value in headers.items() if key != name}


@pytest.mark.parametrize(
    ("signing", "change", "message"),
    [
        ({"key": "DEMO_AK_other", "at": NOW + 1000, "secret": "x"}, dict, "Invalid access key"),
        ({"at": NOW + 1000, "secret": "x"}, dict, "Clock skew exceeded"),
        ({"secret": "x"}, dict, "Invalid signature"),
        ({"end": ""}, dict, "Invalid signature"),
        ({"signed_path": f"http://127.0.0.1:8101{TOKEN_PATH}"}, dict, "Invalid signature"),
        ({}, without("X-BG-HMAC-ACCESS-KEY"), "Invalid signature"),
        ({}, without("X-BG-HMAC-ALGORITHM"), "Invalid signature"),
        ({}, without("X-BG-DATE-TIME"), "Invalid signature"),
        ({}, without("X-BG-HMAC-SIGNATURE"), "Invalid signature"),
        ({"date": "2026-11-22 04:00:00"}, dict, "Invalid signature"),
        ({"date": "Sun, 22 Nov 2026 04:00:00 CST"}, dict, "Invalid signature"),
        ({}, lambda headers: headers | {"X-BG-HMAC-ALGORITHM": "hmac-sha1"}, "Invalid signature"),
    ],
    ids=[
        "key first",
        "then clock",
        "then signature",
        "no final newline",
        "full address",
        "no key",
        "no algorithm",
        "no date",
        "no signature",
        "date unreadable",
        "date in another zone",
        "another algorithm",
    ],
)
async def test_refusals_are_bare_and_in_order(
    still: SandboxApp, signing: dict[str, Any], change: Change, message: str
) -> None:
    """B3, F8: HTTP 401 with a bare object; key, clock, signature; what is missing or unreadable is a bad signature."""
    headers = change(irs_headers("POST", TOKEN_PATH, **{"at": NOW, **signing}))
    async with over(still) as client:
        answer = await client.post(TOKEN_PATH, json={}, headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"message": message})


@pytest.mark.parametrize("name", ["X-BG-HMAC-ACCESS-KEY", "X-BG-DATE-TIME", "X-BG-HMAC-SIGNATURE"])
async def test_a_header_given_twice_is_a_bad_signature(still: SandboxApp, name: str) -> None:
    """F8: of two values nobody can say which was signed, even where the first was."""
    headers = [*irs_headers("POST", TOKEN_PATH, at=NOW).items(), (name, "another")]
    async with over(still) as client:
        answer = await client.post(TOKEN_PATH, json={}, headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"message": "Invalid signature"})


@pytest.mark.parametrize("signing", [{"secret": "x"}, {"key": "DEMO_AK_other"}, {"at": NOW + 1000}], ids=str)
async def test_a_refusal_uses_up_no_ticket(still: SandboxApp, signing: dict[str, Any]) -> None:
    """F8: a 401 never uses up a ticket."""
    async with over(still) as client:
        body = {"ticketId": await ticket_of(client, "citizen-0001"), "appId": "2000000001"}

        refused = await post_json(client, TOKEN_PATH, body, **{"at": NOW, **signing})
        taken = await post_json(client, TOKEN_PATH, body, at=NOW)

    assert refused.status_code == 401
    assert taken.json()["success"] is True


async def test_an_unknown_component_is_forbidden_not_missing(still: SandboxApp) -> None:
    """F8: 401 for a component that is none of ours, and only once the signature is right."""
    path = "/restapi/prod/IC33000000000000000000/what/ever"
    async with over(still) as client:
        signed = await client.get(path, headers=irs_headers("GET", path, at=NOW))
        unsigned = await client.get(path)

    assert (signed.status_code, signed.json()) == (401, {"message": "The route_id is forbidden."})
    assert unsigned.json() == {"message": "Invalid signature"}


async def test_the_query_is_sorted_as_encoded(still: SandboxApp) -> None:
    """F8: ``k=v`` pairs are sorted by code point as encoded, so that ``%`` and ``.`` come before ``=``."""
    path = "/restapi/prod/IC33000000000000000000/list"
    sorted_by_hand = "%E5%A7%94=1&a.b=3&a=2"
    async with over(still) as client:
        answer = await client.get(
            path,
            params={"a": "2", "a.b": "3", "委": "1"},
            headers=irs_headers("GET", path, sorted_by_hand, at=NOW),
        )

    assert answer.json() == {"message": "The route_id is forbidden."}


@pytest.mark.parametrize(
    "signing",
    [
        {},
        {"end": ""},
        {"signed_path": f"http://127.0.0.1:8101{TOKEN_PATH}"},
        {"signed_path": f"http://127.0.0.1:8101{TOKEN_PATH}", "end": ""},
    ],
    ids=["exact", "no final newline", "full address", "both"],
)
async def test_the_lenient_gate_takes_what_clients_in_use_sign(lenient: SandboxApp, signing: dict[str, Any]) -> None:
    """E1, B3: without the final newline, and with the full address for the path."""
    async with over(lenient) as client:
        answer = await post_json(client, TOKEN_PATH, {}, **{"at": NOW, **signing})

    assert answer.status_code == 200


@pytest.mark.parametrize("signing", [{"secret": "x"}, {"end": "\n\n"}, {"signed_path": "/elsewhere"}], ids=str)
async def test_the_lenient_gate_still_refuses_the_rest(lenient: SandboxApp, signing: dict[str, Any]) -> None:
    """E1: lenient is not open."""
    async with over(lenient) as client:
        answer = await post_json(client, TOKEN_PATH, {}, **{"at": NOW, **signing})

    assert answer.json() == {"message": "Invalid signature"}


async def test_the_gate_goes_by_the_platforms_clock(settings: ZhelibanSettings, world: World) -> None:
    """F2: under the fault ``clock`` a right signing time is too early by as much, and ``Date`` tells why."""
    app = build_sandbox(settings, world, clock=lambda: NOW)
    app.faults.put(Fault(FaultKind.CLOCK, ms=120_000))
    async with over(app) as client:
        early = await post_json(client, TOKEN_PATH, {}, at=NOW)
        right = await post_json(client, TOKEN_PATH, {}, at=NOW + 120)

    assert early.json() == {"message": "Clock skew exceeded"}
    assert right.json() == INVALID_TICKET
    assert early.headers["date"] == "Sun, 22 Nov 2026 04:02:00 GMT"


async def test_the_gate_is_never_at_a_loss(still: SandboxApp) -> None:
    """Odd paths, queries and bodies are refused, not failed at."""
    async with over(still) as client:
        for path in ("/restapi/prod/", "/restapi/prod/%ff%00/x", "/restapi/prod/IC33000020220329000007"):
            answer = await client.get(path, headers={"X-BG-DATE-TIME": "x"})
            assert answer.status_code == 401
        body = b"[" * 100_000
        headers = irs_headers("POST", TOKEN_PATH, at=NOW)
        deep = await client.post(TOKEN_PATH, content=body, headers=headers)

    assert deep.json() == INVALID_TICKET
