"""``EventSource`` and ``EventRegistrar`` (wire-formats A9)."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.errors import NotConfiguredError, OutcomeUnknownError, PlatformError, RejectedInputError
from connectors.ports import EventRegistrar, EventSource
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.server import serving
from connectors.zhezhengding.events.source import ZhezhengdingEvents, ZhezhengdingRegistrar
from connectors.zhezhengding.events.tags import TAGS
from connectors.zhezhengding.settings import ZhezhengdingSettings

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

SECRET = "a-secret-of-more-than-24-characters"


def events(**callback: object) -> ZhezhengdingEvents:
    """The port by such settings."""
    return ZhezhengdingEvents(ZhezhengdingSettings.model_validate({"callback": callback}))


def test_only_the_secret_is_accepted() -> None:
    """Nothing else, and nothing at all where none is set: not even the empty one."""
    port, closed = events(secret_path=SECRET), events()

    assert port.accepts(SECRET)
    assert not any(port.accepts(wrong) for wrong in ("", SECRET[:-1], SECRET + "x", SECRET.upper(), "秘密", "\udc80"))
    assert not closed.accepts("")
    assert isinstance(port, EventSource)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("192.0.2.10", True),
        ("198.51.100.77", True),
        ("::ffff:192.0.2.10", True),
        ("192.0.2.11", False),
        ("198.51.101.1", False),
        ("::1", False),
        ("", False),
        ("example.cn", False),
    ],
)
def test_only_allowed_addresses_are_the_platform_s(address: str, allowed: bool) -> None:  # noqa: FBT001 - a case
    """Single addresses and networks; an address written as IPv6 is the same one; none are allowed unset."""
    port = events(secret_path=SECRET, allow_ips=["192.0.2.10", "198.51.100.0/24"])

    assert port.from_here(address) is allowed
    assert not events(secret_path=SECRET).from_here(address)


def test_the_reply_is_the_expected_one() -> None:
    """A9: exactly these three."""
    assert json.loads(events().reply) == {"success": True, "errcode": "0", "errmsg": "成功"}


@asynccontextmanager
async def gateway() -> AsyncIterator[tuple[str, list[str]]]:
    """Somebody who takes events as the gateway does; gives its address and the paths that were called."""
    called: list[str] = []

    async def take(request: Request) -> Response:
        called.append(request.url.path)
        return Response(events().reply, media_type="application/json")

    app = Starlette(routes=[Route("/events/{platform}/{secret}", take, methods=["POST"])])
    async with serving([(app, 0)]) as ports:
        yield f"http://127.0.0.1:{ports[0]}", called


@pytest.mark.parametrize("path", ["/openplatform/message", "/openplatform/message/v2"])
async def test_every_tag_is_registered_once(bench: "Bench", path: str) -> None:
    """All tags at the secret address; asked again there is nothing to do; moved when the gateway has moved."""
    bench.settings = bench.settings.model_validate(
        {**dict(bench.settings), "callback": {"secret_path": SECRET, "register_path": path}}
    )
    port = ZhezhengdingRegistrar(bench.settings, bench.client())
    async with gateway() as (address, called), gateway() as (moved, _):
        registered = await port.ensure_events(address + "/", bench.ask())
        nothing = await port.ensure_events(address, bench.ask())
        elsewhere = await port.ensure_events(moved, bench.ask())

    assert registered == elsewhere == tuple(TAGS)
    assert nothing == ()
    assert set(called) == {f"/events/zhezhengding/{SECRET}"}
    assert len(called) == len(TAGS)
    assert bench.sandbox.calls == {
        "query_callback_define": 3,
        "register_event_callback": 7,
        "update_event_callback_define": 7,
    }
    assert isinstance(port, EventRegistrar)


async def test_without_a_secret_nothing_is_registered(bench: "Bench") -> None:
    """D ``zzd.callback.secret_path`` is required; the platform is not called."""
    settings = bench.settings.model_validate({**dict(bench.settings), "callback": {}})

    with pytest.raises(NotConfiguredError):
        await ZhezhengdingRegistrar(settings, bench.client()).ensure_events("http://127.0.0.1:1", bench.ask())
    assert bench.wire.requests == []


async def test_a_refused_registration_is_told_without_the_secret(bench: "Bench") -> None:
    """The address that nobody listens at is refused; no error names it."""
    port = ZhezhengdingRegistrar(bench.settings, bench.client())
    secret = bench.settings.callback.secret_path.get_secret_value()

    with pytest.raises(RejectedInputError) as caught:
        await port.ensure_events("http://127.0.0.1:1", bench.ask())
    bench.sandbox.faults.put(Fault(FaultKind.HTTP500, "register_event_callback"))
    with pytest.raises(OutcomeUnknownError) as unknown:
        await port.ensure_events("http://127.0.0.1:1", bench.ask())

    for error in (caught.value, unknown.value):
        assert isinstance(error, PlatformError)
        assert secret not in f"{error} {error!r} {error.detail}"
    assert secret not in repr(bench.settings)
