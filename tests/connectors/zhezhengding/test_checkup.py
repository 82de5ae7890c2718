"""The check from end to end, and the harmless read."""

from typing import TYPE_CHECKING

import pytest

from connectors.checkup import Step
from connectors.deadline import Deadline
from connectors.errors import (
    NotAllowedError,
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.sandbox.faults import Fault, FaultKind
from connectors.transport import Transport
from connectors.zhezhengding.checkup import Looking
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


def looking(bench: "Bench", **changes: object) -> Looking:
    """At the sandbox, with such settings."""
    settings = ZhezhengdingSettings.model_validate({**dict(bench.settings), **changes})
    transport = Transport(NAME, client=bench.http)
    client = ZhezhengdingClient(settings, transport)
    return Looking(settings, transport, client, DirectoryCalls(settings, client))


async def results(look: Looking) -> dict[Step, object]:
    """What each step found: its words, or the class of its error."""
    found: dict[Step, object] = {}
    for check in look.checkup():
        try:
            found[check.step] = await check.run(Deadline.after(20))
        except PlatformError as error:
            found[check.step] = type(error)
    return found


async def test_a_platform_that_is_well_passes_every_step(bench: "Bench") -> None:
    """All steps, in order; the range is told in numbers, never by name."""
    bench.set_up(sandbox={"range": ("GO_rg331002", "GO_rg331003", "GE_somebody")})

    found = await results(looking(bench))

    assert list(found) == list(Step)
    assert found == {
        Step.CONFIGURED: "key pair and tenant are set, with QR login",
        Step.REACH: "HTTP 404",
        Step.CLOCK: "no difference worth correcting",
        Step.SIGNATURE: "a signed call is taken",
        Step.TOKEN: "the application's token is given out",
        Step.RANGE: "organisations: 2, with all below; people named one by one: 1",
        Step.READ: "an organisation of the range is read",
    }


async def test_each_step_fails_for_its_own_reason(bench: "Bench") -> None:
    """Nothing set; a secret that is wrong; a platform that is not there."""
    assert (await results(looking(bench, appkey="")))[Step.CONFIGURED] is NotConfiguredError

    wrong = await results(looking(bench, appsecret="another"))
    assert wrong[Step.REACH] == "HTTP 404"
    assert [wrong[step] for step in (Step.SIGNATURE, Step.TOKEN, Step.RANGE)] == [RefusedSignatureError] * 3

    bench.sandbox.faults.put(Fault(FaultKind.REFUSE))
    assert (await results(looking(bench)))[Step.REACH] is UnreachableError


async def test_any_answer_is_reach(bench: "Bench") -> None:
    """Even one of a platform that is ill; the clock it tells is seen by the next step."""
    bench.sandbox.faults.put(Fault(FaultKind.HTTP500))
    assert (await results(looking(bench)))[Step.REACH] == "HTTP 500"

    bench.sandbox.faults.put(Fault(FaultKind.CLOCK, ms=120_000))
    clock = str((await results(looking(bench)))[Step.CLOCK])
    assert 118 <= int(clock.removesuffix(" s")) <= 122


@pytest.mark.parametrize(
    ("fault", "kind"), [(FaultKind.HTTP500, UnexpectedAnswerError), (FaultKind.REFUSE, UnreachableError)]
)
async def test_the_probe_tells_illness(bench: "Bench", fault: FaultKind, kind: type[PlatformError]) -> None:
    """A harmless signed read that fails."""
    bench.sandbox.faults.put(Fault(fault))

    with pytest.raises(kind):
        await looking(bench).probe(Deadline.after(20))


async def test_a_refusal_of_the_probe_is_no_illness(bench: "Bench") -> None:
    """A platform that says the organisation is not ours to read is well; one that is not set up is told apart."""
    bench.wire.answer = lambda body: body.replace(b'"success":true', b'"success":false').replace(
        b'"responseCode":"0"', b'"responseCode":"300037"'
    )
    with pytest.raises(NotAllowedError):
        await bench.calls().organizations(["GO_x"], Deadline.after(20))

    await looking(bench).probe(Deadline.after(20))
    with pytest.raises(NotConfiguredError):
        await looking(bench, appkey="").probe(Deadline.after(20))
