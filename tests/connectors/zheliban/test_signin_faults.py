"""A sick platform while somebody signs in: each fault becomes its error, by every form."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.records.identity import TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings

WAYS = [
    ("uc", TicketForm.ZHELIBAN_UNIFIED, "citizen-0001", {}),
    ("classic", TicketForm.ZHELIBAN_CLASSIC, "citizen-0001", {"mode": "simple"}),
    ("classic", TicketForm.ZHELIBAN_CLASSIC, "citizen-0001", {"mode": "irs_simple", "simple": {"datatype": "xml"}}),
    ("esso", TicketForm.ZHELIBAN_ESSO, "company-0001", {}),
    ("esso", TicketForm.ZHELIBAN_ESSO, "company-0001", {"esso": {"through_irs": True}}),
]
NAMES = ["unified", "classic", "classic through IRS", "companies'", "companies' through IRS"]
FAULTS = [
    (FaultKind.REFUSE, UnreachableError),
    (FaultKind.HANG, TooSlowError),
    (FaultKind.RESET, UnreachableError),
    (FaultKind.HTTP500, UnexpectedAnswerError),
    (FaultKind.GARBAGE, UnexpectedAnswerError),
    (FaultKind.TRUNCATED, UnexpectedAnswerError),
    (FaultKind.FAILURE_ENVELOPE, UnexpectedAnswerError),
]


@pytest.mark.parametrize(("kind", "error"), FAULTS)
@pytest.mark.parametrize(("form", "ticket_form", "person", "chosen"), WAYS, ids=NAMES)
async def test_a_fault_becomes_its_error(
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    ticket: Any,
    asking: Callable[..., Ask],
    form: str,
    ticket_form: TicketForm,
    person: str,
    chosen: dict[str, Any],
    kind: FaultKind,
    error: type[PlatformError],
) -> None:
    """The error is of the right kind, speaks of the platform's health, and tells neither ticket nor host."""
    timeout = 200 if kind is FaultKind.HANG else 30_000
    settings = ZhelibanSettings.model_validate(chosen | {"timeout_ms": timeout}).with_sandbox()
    sources = connected(settings, httpx.ASGITransport(app=sandbox))
    issued = await ticket(person, form)
    sandbox.faults.put(Fault(kind))

    with pytest.raises(error) as caught:
        await sources.sign_in.sign_in(ticket_form, issued, asking())

    assert type(caught.value) is error
    assert caught.value.illness
    assert not any(secret in str(caught.value) for secret in (issued, "127.0.0.1"))
    assert sources.made.meter.last_error is caught.value


@pytest.mark.parametrize("kind", [FaultKind.SLOW, FaultKind.DRIP])
@pytest.mark.parametrize(("form", "ticket_form", "person", "chosen"), WAYS, ids=NAMES)
async def test_what_comes_late_is_taken(
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    ticket: Any,
    asking: Callable[..., Ask],
    form: str,
    ticket_form: TicketForm,
    person: str,
    chosen: dict[str, Any],
    kind: FaultKind,
) -> None:
    """A slow platform that answers in time signs people in."""
    settings = ZhelibanSettings.model_validate(chosen | {"timeout_ms": 30_000}).with_sandbox()
    issued = await ticket(person, form)
    sandbox.faults.put(Fault(kind, ms=1))

    sources = connected(settings, httpx.ASGITransport(app=sandbox))

    assert (await sources.sign_in.sign_in(ticket_form, issued, asking())).subject
