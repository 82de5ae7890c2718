"""What every request passes."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from gateway.http.front import Front
from gateway.http.security import guarding
from gateway.metrics.served import Served

SCOPE = {"type": "http", "method": "GET", "path": "/somewhere", "headers": []}
GUARDS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
}


class Counts(Served):
    """What was counted, to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str | None, str, int]] = []

    def ended(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """Remember it."""
        self.seen.append((route, method, status))
        super().ended(route, method, status, seconds)


async def nothing() -> Message:
    """A caller who went away."""
    return {"type": "http.disconnect"}


async def nowhere(_: Message) -> None:
    """Takes what is sent."""


async def unreached(*_: object) -> None:
    """For the side that is not asked."""
    raise LookupError


async def test_graphql_takes_no_router(edge: Any, client_of: Any) -> None:
    """Its path goes to the endpoint, every other to the routes; each is counted by its route."""
    served = Counts()
    rest = Starlette(routes=[Route("/health/{part}", PlainTextResponse("well"))])

    async with client_of(Front(edge(), rest, served)) as client:
        asked = await client.post("/graphql", json={"query": "{ hello }"})
        health = await client.get("/health/live")
        unknown = await client.get("/graphql/")

    assert (asked.status_code, health.text, unknown.status_code) == (200, "well", 404)
    assert served.seen == [("/graphql", "POST", 200), ("/health/{part}", "GET", 200), (None, "GET", 404)]


async def test_a_caller_who_hangs_up_is_counted_as_such() -> None:
    """No answer was begun: 499; and the request is no longer under way."""
    served = Counts()

    async def silent(_: Scope, receive: Receive, __: Send) -> None:
        assert served.active == 1
        await receive()

    await Front(unreached, silent, served)(dict(SCOPE), nothing, nowhere)

    assert served.seen == [(None, "GET", 499)]
    assert served.active == 0


async def test_a_request_that_breaks_or_is_cancelled_is_counted_too() -> None:
    """And what was raised goes on."""
    served = Counts()

    async def endless(*_: object) -> None:
        await asyncio.Event().wait()

    with pytest.raises(LookupError):
        await Front(unreached, unreached, served)(dict(SCOPE), nothing, nowhere)
    waiting = asyncio.create_task(Front(unreached, endless, served)(dict(SCOPE), nothing, nowhere))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert served.active == 0
    assert served.seen == [(None, "GET", 499)] * 2


async def test_every_answer_is_guarded(edge: Any, client_of: Any) -> None:
    """Data, refusals, pages and what is behind the routes; an answer that says otherwise itself is left so."""
    own = PlainTextResponse("ok", headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    guards = guarding("https://gateway.example.cn", 600)
    front = Front(edge(guards=guards), own, Served(), guards=guards)

    async with client_of(front) as client:
        answers = [
            await client.post("/graphql", json={"query": "{ hello }"}),
            await client.post("/graphql", content=b"no"),
            await client.get("/graphql", headers={"accept": "text/html"}),
            await client.get("/elsewhere"),
        ]

    for answer in answers:
        told = {name: value for name, value in answer.headers.items() if name in GUARDS}
        assert told.keys() == GUARDS.keys()
        assert answer.headers["strict-transport-security"] == "max-age=600"
        assert len(answer.headers.get_list("x-content-type-options")) == 1
    assert {name: answers[0].headers[name] for name in GUARDS} == GUARDS
    assert answers[3].headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(("address", "seconds"), [("http://127.0.0.1:8000", 600), ("https://gateway.example.cn", 0)])
def test_https_is_asked_for_only_where_it_is(address: str, seconds: int) -> None:
    """A loopback address without TLS, or an operator who says no, sends no such header."""
    assert "strict-transport-security" not in {name.decode() for name, _ in guarding(address, seconds)}
