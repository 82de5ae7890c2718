"""The ticket of the in-app bridge (wire-formats A4.6), over the sandbox."""

import asyncio
from typing import TYPE_CHECKING

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.bridge import ZhezhengdingBridge
from connectors.zhezhengding.settings import ZhezhengdingSettings

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


@pytest.mark.parametrize("name", ["accessToken", "access_token"])
async def test_the_ticket_is_had_under_either_name(bench: "Bench", name: str) -> None:
    """The parameter of the token has two names in the sources: a setting."""
    settings = ZhezhengdingSettings.model_validate({**dict(bench.settings), "jsapi_param": name})

    ticket = await ZhezhengdingBridge(settings, bench.client()).bridge_ticket(bench.ask())

    assert ticket.value.startswith("jsApi_")
    assert 7190 <= ticket.expires_in <= 7200
    assert f"{name}=app_".encode() in bench.wire.requests[-1].content
    assert ticket.value not in repr(ticket)


async def test_its_seconds_run_down_until_another_is_asked_for(bench: "Bench") -> None:
    """Kept until its very end, as asking again does not extend it; twenty who ask at once cause one call."""
    now = [1000.0]
    bridge = ZhezhengdingBridge(bench.settings, bench.client(), lambda: now[0])

    tickets = await asyncio.gather(*(bridge.bridge_ticket(bench.ask()) for _ in range(20)))
    now[0] += 7000
    late = await bridge.bridge_ticket(bench.ask())
    calls = dict(bench.sandbox.calls)
    now[0] += 201
    await bridge.bridge_ticket(bench.ask())

    assert {ticket.value for ticket in tickets} == {late.value}
    assert tickets[0].expires_in - late.expires_in == 7000
    assert calls == {"gettoken": 1, "get_jsapi_token": 1}
    assert bench.sandbox.calls["get_jsapi_token"] == 2


async def test_an_ended_token_is_renewed_once(bench: "Bench") -> None:
    """A3: 250027 asks for a new token; where that one is not taken either the platform is ill."""
    bridge = ZhezhengdingBridge(bench.settings, bench.client())
    bench.sandbox.faults.put(Fault(FaultKind.EXPIRED_TOKEN))

    with pytest.raises(UnexpectedAnswerError) as caught:
        await bridge.bridge_ticket(bench.ask())

    assert caught.value.upstream_code == "250027"
    assert bench.sandbox.calls == {"gettoken": 2, "get_jsapi_token": 2}
