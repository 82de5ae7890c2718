"""The secrets of the data-sharing gateway (wire-formats B7): renewed in one place, in time, and once for all."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.clock import PlatformClock
from connectors.deadline import Deadline
from connectors.errors import UnexpectedAnswerError
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import Ask
from connectors.zheliban.datasharing import SharingSecrets
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings

Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]
RENEWALS = ("refreshTokenByKey", "refreshTokenBySec")
COMPANY = {"creditCode": "00000000DEMO000000"}


async def test_secrets_are_renewed_once_for_all_who_wait(
    platform: SimpleNamespace, sandbox: SandboxApp, asking: Asking
) -> None:
    """B7: many questions at once cause one renewal, and further ones none."""
    ask = asking()

    await asyncio.gather(*(platform.sharing.share("companyByCreditCode", COMPANY, ask) for _ in range(20)))
    await platform.sharing.share("companyByCreditCode", COMPANY, ask)

    assert (sandbox.calls["refreshTokenByKey"], sandbox.calls["dataSharing"]) == (1, 21)


async def test_a_secret_somebody_else_ended_is_renewed_once_more(
    platform: SimpleNamespace, connected: Connect, settings: ZhelibanSettings, sandbox: SandboxApp, asking: Asking
) -> None:
    """B7: another worker's renewal ends ours (code 11); it is renewed by the refresh secret, and nobody notices."""
    other = connected(settings, httpx.ASGITransport(app=sandbox))
    ask = asking()
    await platform.sharing.share("companyByCreditCode", COMPANY, ask)
    await other.sharing.share("companyByCreditCode", COMPANY, ask)
    sandbox.calls.clear()

    shared = await platform.sharing.share("companyByCreditCode", COMPANY, ask)

    assert shared.count == 1
    # the other's step 1 has replaced the refresh secret too, so ours begins anew
    assert sandbox.calls == {"dataSharing": 2, "refreshTokenBySec": 1, "refreshTokenByKey": 1}
    assert platform.made.meter.totals["dataSharing"].retries == 1


class Clock:
    """A clock that is moved by hand, for the platform and for us."""

    now = 1_795_320_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def secrets_over(clock: Clock, world: World, **sandbox: Any) -> tuple[SharingSecrets, SandboxApp]:
    """Secrets of a platform that has this clock, as has everything here."""
    settings = ZhelibanSettings.model_validate({"sandbox": sandbox, "timeout_ms": 30_000}).with_sandbox()
    app = build_sandbox(settings, world, clock=clock)
    transport = Transport("zheliban", client=httpx.AsyncClient(transport=httpx.ASGITransport(app=app)))
    transport.clock = PlatformClock(clock)
    secrets = SharingSecrets(settings, Exchange(transport))
    secrets._request._clock = clock
    return secrets, app


async def test_the_request_secret_is_renewed_before_it_ends(world: World) -> None:
    """B7: after about twelve minutes, by the refresh secret; after two days by the application's again."""
    clock = Clock()
    secrets, app = secrets_over(clock, world)
    steps = []
    for seconds in (0, 719, 1, 60, 48 * 3600):
        clock.now += seconds
        before = dict(app.calls)
        await secrets.current(Deadline.after(30))
        steps.append([name for name in RENEWALS if app.calls[name] > before.get(name, 0)])

    assert steps == [["refreshTokenByKey"], [], ["refreshTokenBySec"], [], ["refreshTokenByKey"]]


async def test_a_shorter_life_is_used_for_most_of_it(world: World) -> None:
    """The platform's own end counts where it is sooner than the setting."""
    clock = Clock()
    secrets, _ = secrets_over(clock, world, request_secret_seconds=100)

    first = await secrets.current(Deadline.after(30))
    clock.now += 79
    same = await secrets.current(Deadline.after(30))
    clock.now += 1
    renewed = await secrets.current(Deadline.after(30))

    assert first == same != renewed


@pytest.mark.parametrize(
    "datas", [None, [], {"refreshSecret": "r"}, {"requestSecret": "q"}, {"refreshSecret": 5, "requestSecret": "q"}]
)
async def test_secrets_that_are_none_are_told(connected: Connect, asking: Asking, datas: Any) -> None:
    """Without both secrets nothing is asked for."""
    sources = connected(
        ZhelibanSettings().with_sandbox(),
        httpx.MockTransport(lambda _: httpx.Response(200, json={"code": "00", "datas": datas})),
    )

    with pytest.raises(UnexpectedAnswerError):
        await sources.sharing.share("residentBasic", {}, asking())

    assert len(sources.requests) == 1
