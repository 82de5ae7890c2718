"""An ill platform over real sockets: every fault becomes the right error, for reads and for the token."""

import socket
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.duty.settings import DutySettings
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.records.studio import Studio
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.server import serving
from connectors.sandbox.world import World
from connectors.viewer import Ask

ERRORS: dict[FaultKind, type[PlatformError]] = {
    FaultKind.REFUSE: UnreachableError,
    FaultKind.HANG: TooSlowError,
    FaultKind.HTTP500: UnexpectedAnswerError,
    FaultKind.GARBAGE: UnexpectedAnswerError,
}


@pytest.mark.parametrize("operation", ["studios", "token"])
@pytest.mark.parametrize("kind", ERRORS)
async def test_a_fault_becomes_its_error(
    *,
    kind: FaultKind,
    operation: str,
    world: World,
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    ask: Ask,
) -> None:
    """The error names the operation that failed; once the fault is over the next read is whole."""
    keys = [studio.key for studio in world.studios[:2]]
    async with serving([(sandbox, 0)]) as [port]:
        patient = DutySettings(timeout_ms=30_000).with_sandbox(port=port)
        hasty = patient.model_copy(update={"timeout_ms": 200})
        sandbox.faults.put(Fault(kind, operation))
        ill = await connected(hasty if kind is FaultKind.HANG else patient).studios.load_studios(keys, ask)

        sandbox.faults.clear()
        well = await connected(patient).studios.load_studios(keys, ask)

    assert [type(entry) for entry in ill] == [ERRORS[kind]] * 2
    assert kind is FaultKind.HANG or {entry.operation for entry in ill} == {operation}
    assert all(isinstance(entry, Studio) for entry in well)


async def test_a_platform_that_is_not_there(connected: Callable[..., SimpleNamespace], ask: Ask) -> None:
    """A port nobody listens on is an unreachable platform."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    duty = connected(DutySettings().with_sandbox(port=port))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    assert type(entry) is UnreachableError
