"""The look at the platform from end to end, as ``tongxin doctor`` shows it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.checkup import Step
from connectors.deadline import Deadline
from connectors.errors import (
    NotAllowedError,
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    UnreachableError,
)
from connectors.probing import probing
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zheliban.settings import ZhelibanSettings

Connect = Callable[..., SimpleNamespace]


async def looked_at(sources: SimpleNamespace) -> dict[Step, str | PlatformError]:
    """What each step found, in order."""
    found: dict[Step, str | PlatformError] = {}
    with probing():
        for check in sources.made.checkup:
            try:
                found[check.step] = await check.run(Deadline.after(30))
            except PlatformError as error:
                found[check.step] = error
    return found


async def test_a_whole_platform_passes_every_step(platform: SimpleNamespace, settings: ZhelibanSettings) -> None:
    """All seven steps, in their order, each with a few words and nothing secret."""
    found = await looked_at(platform)

    assert list(found) == list(Step)
    assert all(isinstance(words, str) and words for words in found.values())
    assert found[Step.CONFIGURED] == "sign-in by zheliban-unified, zheliban-classic, zheliban-esso"
    assert found[Step.RANGE] == f"all {len(settings.irs.components.model_dump())} components"
    assert "127.0.0.1" not in str(found)


async def test_without_keys_it_says_which_to_set(connected: Connect) -> None:
    """Nothing set means the first step tells what to set."""
    found = await looked_at(connected(ZhelibanSettings.model_validate({"base_url": "http://127.0.0.1:1"})))

    assert isinstance(found[Step.CONFIGURED], NotConfiguredError)
    assert isinstance(found[Step.REACH], UnreachableError)
    assert found[Step.TOKEN] == "none needed: no data-sharing application is set (zlb.datashare)"


async def test_lacking_credentials_of_the_mode_are_named(connected: Connect, sandbox: SandboxApp) -> None:
    """Keys without an application id allow no unified sign-on, and that is the mode."""
    settings = ZhelibanSettings.model_validate({"access_key": "a", "secret_key": "s"})

    found = await looked_at(connected(settings, httpx.ASGITransport(app=sandbox)))

    assert found[Step.CONFIGURED] == (
        "sign-in by zheliban-unified, zheliban-classic; credentials lack for zheliban-unified"
    )


async def test_a_wrong_secret_shows_at_the_signature(misconfigured: Connect) -> None:
    """Reach and clock are well, the signature is not."""
    found = await looked_at(misconfigured(access_key="DEMO_AK_other"))

    assert isinstance(found[Step.REACH], str)
    assert isinstance(found[Step.SIGNATURE], RefusedSignatureError)
    assert isinstance(found[Step.READ], RefusedSignatureError)


async def test_a_clock_that_is_off_is_told(platform: SimpleNamespace, sandbox: SandboxApp) -> None:
    """The difference stands at its step; the calls after it go by it."""
    sandbox.faults.put(Fault(FaultKind.CLOCK, ms=600_000))

    found = await looked_at(platform)

    assert found[Step.CLOCK] in {"+599 s", "+600 s", "+601 s"}
    assert isinstance(found[Step.READ], str)


async def test_forbidden_components_are_named(
    connected: Connect, sandbox: SandboxApp, settings: ZhelibanSettings
) -> None:
    """Which components the application may not call, by the name of their setting."""
    codes = settings.irs.components.model_copy(update={"simple_user": "IC999"})
    other = settings.model_copy(update={"irs": settings.irs.model_copy(update={"components": codes})})

    found = await looked_at(connected(other, httpx.ASGITransport(app=sandbox)))

    assert str(found[Step.RANGE]).endswith("zlb.irs.components.simple_user")
    assert found[Step.SIGNATURE] == "taken"


async def test_a_wrong_data_sharing_secret_shows_at_the_token(connected: Connect, sandbox: SandboxApp) -> None:
    """The step of the token is the data-sharing gateway's."""
    chosen: dict[str, Any] = {"datashare": {"app_secret": "wrong"}, "timeout_ms": 30_000}
    sources = connected(ZhelibanSettings.model_validate(chosen).with_sandbox(), httpx.ASGITransport(app=sandbox))

    found = await looked_at(sources)

    assert isinstance(found[Step.TOKEN], RefusedSignatureError)
    assert not isinstance(found[Step.READ], NotAllowedError)


async def test_the_checkup_ends_nobodys_secret(platform: SimpleNamespace, sandbox: SandboxApp, asking: Any) -> None:
    """B7: it uses the connection's own secrets, as another renewal would end them."""
    await platform.sharing.share("companyByCreditCode", {"creditCode": "x"}, asking())
    await looked_at(platform)
    await platform.sharing.share("companyByCreditCode", {"creditCode": "x"}, asking())

    assert sandbox.calls["refreshTokenByKey"] == 1
    assert sandbox.calls["dataSharing"] == 2


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.FAILURE_ENVELOPE])
async def test_a_sick_platform_fails_the_read(platform: SimpleNamespace, sandbox: SandboxApp, kind: FaultKind) -> None:
    """What is no answer is the platform's failure."""
    sandbox.faults.put(Fault(kind))

    found = await looked_at(platform)

    assert isinstance(found[Step.REACH], str), "it is there"
    assert isinstance(found[Step.READ], PlatformError)
