"""What comes of sign-ins and of calls about one thing under each fault; it stands in ``docs/platforms/faults.md``."""

import asyncio
from collections.abc import Sequence

import pytest

from connectors.errors import PlatformError, SignInNeededError, UnexpectedAnswerError
from connectors.platform import Connection, Platform
from connectors.ports import SignIn
from connectors.records.identity import Identity, TicketForm
from connectors.sandbox.faults import FaultKind
from connectors.viewer import ANYONE
from gateway.platforms import PLATFORMS
from tests.conformance.doing import Deeds, ill, offered, operations_of, outcomes_of, ready, wrong_in
from tests.conformance.fault_page import ANSWERED, RIGHT_OF_READS, TOKENS, Kinds, held_to_the_page, name_of
from tests.conformance.reaching import connected
from tests.conformance.samples import CALLS
from tests.conformance.samples.deeds import asking_as
from tests.conformance.sampling import asked_under, whole_or_sample
from tests.stack import Sandbox

CALLED = [platform for platform in PLATFORMS if platform.tickets or offered(platform, CALLS)]
"""Not every platform has such calls, or people who sign in."""
ALL_DRIFTS = {"bridge_ticket"}
"""Calls whose answer is nothing but what drifted."""


async def _signed_in(platform: Platform, sandbox: Sandbox, form: TicketForm, connection: Connection) -> str:
    """What comes of handing in a fresh ticket."""
    app = sandbox.apps[platform.name]
    person = next(each for each in app.persons if bool(each.company) is (form is TicketForm.ZHELIBAN_ESSO))
    ticket = await sandbox.ticket(platform.name, person.id, platform.tickets[form])
    source = next(source for source in connection.sources if isinstance(source, SignIn))
    try:
        identity = await source.sign_in(form, ticket, asking_as(ANYONE))
    except PlatformError as error:
        return name_of(error)
    assert isinstance(identity, Identity)
    return ANSWERED


async def _called(
    platform: Platform, sandbox: Sandbox, deeds: Deeds, rows: Sequence[str], connection: Connection
) -> dict[str, str]:
    """What comes of each of those calls and forms of signing in."""
    forms = [form for form in platform.tickets if _row(form) in rows]
    signed_in = asyncio.gather(*(_signed_in(platform, sandbox, form, connection) for form in forms))
    found = await outcomes_of(connection, {name: deed for name, deed in deeds.items() if name in rows})
    return found | {_row(form): outcome for form, outcome in zip(forms, await signed_in, strict=True)}


async def _operations_of_calls(platform: Platform, sandbox: Sandbox, deeds: Deeds) -> dict[str, str]:
    called = await operations_of(platform, sandbox, deeds)
    for form in platform.tickets:
        sandbox.reset()
        async with connected(platform, sandbox) as connection:
            assert await _signed_in(platform, sandbox, form, connection) == ANSWERED
        called[_row(form)] = ", ".join(sorted(set(sandbox.apps[platform.name].calls) - TOKENS))
    return called


@whole_or_sample
@pytest.mark.parametrize("platform", CALLED, ids=lambda platform: platform.name)
async def test_each_fault_of_a_call_becomes_the_right_error(
    platform: Platform, written: Sandbox, listener: str, *, whole: bool
) -> None:
    """Calls about one thing and sign-ins fail as reads do; where all that they answer has drifted, they fail too."""
    deeds = await ready(platform, written, offered(platform, CALLS), 100, listener)
    called = await _operations_of_calls(platform, written, deeds)
    found = {}

    for number, kind in enumerate(FaultKind):
        rows = asked_under(number, list(called), whole=whole)
        async with ill(platform, written, kind) as connection:
            found[kind] = await _called(platform, written, deeds, rows, connection)

    assert wrong_in(found, _right_of_calls) == set()
    columns = {kind.value: found[kind] for kind in FaultKind}
    held_to_the_page(f"{platform.name}: sign-ins and single calls", "call", called, columns, whole=whole)


def _row(form: TicketForm) -> str:
    return f"sign_in {form.value}"


def _right_of_calls(name: str, kind: FaultKind) -> Kinds:
    more: Kinds = ()
    if kind is FaultKind.SCHEMA_DRIFT and name in ALL_DRIFTS:
        more = (UnexpectedAnswerError,)
    if kind is FaultKind.EXPIRED_TOKEN and name.startswith("sign_in"):
        more = (SignInNeededError,)
    if kind is FaultKind.TRUNCATED and name.startswith("open_"):
        more = (None,)  # half a file is a file to whoever does not know it
    return (*RIGHT_OF_READS[kind], *more)
