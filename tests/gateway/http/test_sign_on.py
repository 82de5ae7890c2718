"""In front of sign-on: which requests are counted, and as what."""

from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from auth.too_often import note_refusal, seconds_to_wait
from gateway.http.addresses import Addresses
from gateway.http.sign_on import SignOnGate
from gateway.limits.over_time import OverTimeSettings
from gateway.limits.rates import Rates
from tests.gateway.limits.clocks import Clock


async def sign_on(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what the request asks for: a status, or a refusal by its code; 429 where it has to wait."""
    request = Request(scope)
    if seconds_to_wait(request) is not None:
        await Response(status_code=429)(scope, receive, send)
        return
    code = request.headers.get("code")
    if code is not None:
        note_refusal(request, code)
    await Response(status_code=int(request.headers.get("status", "200")))(scope, receive, send)


def client_of(clock: Clock, address: str = "192.0.2.7", **limits: Any) -> httpx.AsyncClient:
    """A caller at that address."""
    gate = SignOnGate(sign_on, Rates(OverTimeSettings(**limits), clock), Addresses())
    transport = httpx.ASGITransport(gate, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://gateway")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/oauth/token", {"code": "invalid_client"}),
        ("/oauth/token", {"code": "invalid_grant"}),
        ("/oauth/register/c_1", {"code": "invalid_token"}),
        ("/login/factor", {"status": "422"}),
        ("/account/factor", {"status": "422"}),
        ("/device", {"status": "422"}),
    ],
)
async def test_guesses_are_counted(path: str, told: dict[str, str]) -> None:
    """Secrets, tickets, codes of a second factor and of devices: behind so many, whoever posts has to wait a little."""
    clock = Clock()
    async with client_of(clock, sign_on_failures_per_minute=2) as client:
        statuses = [(await client.post(path, headers=told)).status_code for _ in range(3)]
        looked = await client.get(path)
        clock.now += 30
        later = await client.post(path, headers=told)

    assert statuses[:2] != [429, 429]
    assert statuses[2] == 429
    assert looked.status_code == 200
    assert later.status_code != 429


@pytest.mark.parametrize("code", ["authorization_pending", "slow_down", "use_dpop_nonce", "invalid_request"])
async def test_what_is_part_of_the_way_is_no_guess(code: str) -> None:
    """A device asks until somebody let it in; a first proof has no nonce."""
    async with client_of(Clock(), sign_on_failures_per_minute=1) as client:
        answers = [await client.post("/oauth/token", headers={"code": code}) for _ in range(20)]

    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/oauth/token", True),
        ("/oauth/authorize", True),
        ("/oauth/device", True),
        ("/login", True),
        ("/login/zheliban/callback", True),
        ("/account/data", True),
        ("/device", True),
        ("/oauth/jwks", False),
        ("/.well-known/openid-configuration", False),
        ("/health/live", False),
        ("/loginstyle.css", False),
        ("/graphql/schema.graphql", False),
    ],
)
async def test_addresses_of_sign_on_are_counted_together(path: str, *, counted: bool) -> None:
    """All of them, and nothing else; keys and metadata are for everybody, as often as they like."""
    async with client_of(Clock(), sign_on_per_minute=2) as client:
        statuses = [(await client.get(one)).status_code for one in (path, "/login", path)]

    assert statuses == [200, 200, 429 if counted else 200]


async def test_registering_has_a_limit_of_its_own() -> None:
    """What exists is managed past it."""
    async with client_of(Clock(), registrations_per_minute=1) as client:
        registering = [(await client.post("/oauth/register")).status_code for _ in range(2)]
        managing = await client.put("/oauth/register/c_1")

    assert registering == [200, 429]
    assert managing.status_code == 200


async def test_this_machine_is_not_counted() -> None:
    """Nor is anybody where the limits are taken away."""
    none = {"sign_on_per_minute": 0, "sign_on_failures_per_minute": 0, "registrations_per_minute": 0}
    async with client_of(Clock(), "127.0.0.1", sign_on_per_minute=1) as here, client_of(Clock(), **none) as free:
        answers = [await one.post("/oauth/register", headers={"code": "invalid_token"}) for one in (here, free) * 5]

    assert {answer.status_code for answer in answers} == {200}
