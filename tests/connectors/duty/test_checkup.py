"""The platform looked at from end to end: each step tells what it found, or fails with what is wrong."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from connectors.checkup import Checkup, Step
from connectors.deadline import Deadline
from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.errors import NotAllowedError, NotConfiguredError, PlatformError, RefusedSignatureError
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World

Connected = Callable[..., SimpleNamespace]


async def looked(checkup: Checkup) -> dict[Step, Any]:
    """What each step found, or the error it failed with."""
    found: dict[Step, Any] = {}
    for check in checkup:
        try:
            found[check.step] = await check.run(Deadline.after(10))
        except PlatformError as error:
            found[check.step] = error
    return found


async def test_all_is_well(duty: SimpleNamespace) -> None:
    """Every step tells what it found, in the order in which each needs the ones before."""
    found = await looked(duty.connection.checkup)

    assert list(found) == [Step.CONFIGURED, Step.REACH, Step.CLOCK, Step.TOKEN, Step.RANGE, Step.READ]
    assert all(isinstance(told, str) for told in found.values())
    assert found[Step.RANGE] == "granted: duty.read duty.lookup duty.write"


async def test_through_irs_a_signature_is_looked_at(world: World, connected: Connected) -> None:
    """Instead of token and scopes, which there are none of."""
    settings = DutySettings(auth="irs").with_sandbox()
    duty = connected(settings, httpx.ASGITransport(build_sandbox(settings, world)))

    found = await looked(duty.connection.checkup)

    assert list(found) == [Step.CONFIGURED, Step.REACH, Step.CLOCK, Step.SIGNATURE, Step.READ]
    assert all(isinstance(told, str) for told in found.values())


async def test_nobody_set_it_up(connected: Connected, sandbox: SandboxApp) -> None:
    """No call is made."""
    found = await looked(connected(DutySettings(), httpx.ASGITransport(sandbox)).connection.checkup)

    failed = {step for step, told in found.items() if isinstance(told, NotConfiguredError)}
    assert str(getattr(found[Step.CONFIGURED], "detail", "")).startswith("base_url, client_id")
    assert failed == set(found) - {Step.CLOCK}
    assert sandbox.calls.total() == 0


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.GARBAGE])
async def test_any_http_answer_is_reach(kind: FaultKind, duty: SimpleNamespace, sandbox: SandboxApp) -> None:
    """An ill platform is there; one that cuts the connection is not."""
    sandbox.faults.put(Fault(kind))
    ill = await looked(duty.connection.checkup)
    sandbox.faults.put(Fault(FaultKind.REFUSE))
    gone = await looked(duty.connection.checkup)

    assert isinstance(ill[Step.REACH], str)
    assert isinstance(ill[Step.READ], PlatformError)
    assert isinstance(gone[Step.REACH], PlatformError)


async def test_a_wrong_secret(settings: DutySettings, sandbox: SandboxApp, connected: Connected) -> None:
    """The token is where it shows first."""
    wrong = settings.model_copy(update={"client_secret": SecretStr("guessed")})

    found = await looked(connected(wrong, httpx.ASGITransport(sandbox)).connection.checkup)

    assert isinstance(found[Step.REACH], str)
    assert isinstance(found[Step.TOKEN], RefusedSignatureError)


async def test_a_scope_that_was_not_granted(settings: DutySettings, connected: Connected) -> None:
    """The range names what is missing."""
    token = {"access_token": "t", "token_type": "bearer", "expires_in": 60, "scope": "duty.read"}
    duty = connected(settings, httpx.MockTransport(lambda _: httpx.Response(200, json=token)))

    found = await looked(duty.connection.checkup)

    assert isinstance(found[Step.RANGE], NotAllowedError)
    assert found[Step.RANGE].detail == "not granted: duty.lookup duty.write"


async def test_the_clock_is_told(duty: SimpleNamespace, sandbox: SandboxApp) -> None:
    """As the answers before it showed."""
    sandbox.faults.put(Fault(FaultKind.CLOCK, None, 120_000))

    found = await looked(duty.connection.checkup)

    assert found[Step.CLOCK] in {"+119 s", "+120 s", "+121 s"}
