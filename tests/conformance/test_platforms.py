"""What every platform must do, whatever it is: run over all of ``PLATFORMS``, unasked.

A new platform needs nothing here unless it offers a port nobody offered before: then it adds that port's sample.
"""

from typing import Any

import pytest

from connectors.cache import Cache
from connectors.errors import PlatformError, SignInNeededError
from connectors.memory import BoundedMemoryCache
from connectors.platform import Platform
from connectors.ports import (
    AccountSource,
    CockpitSource,
    ConnectorHealthSource,
    OpinionTopicSource,
    PlaceSource,
    SearchEverywhere,
    SignIn,
    SubgraphSource,
    WriteStatusSource,
)
from connectors.records.identity import Identity, TicketForm
from connectors.records.page import Page
from connectors.sandbox.faults import FaultKind
from gateway.offering import PORTS
from gateway.platforms import PLATFORMS
from tests.conformance.reaching import arguments_of, asking, connected, method, reads_of
from tests.conformance.samples import ANSWERED, KEYED, LISTED, NAMED_BY
from tests.stack import Sandbox

UNKNOWN = "unknown-0000"
ANSWERS_NOTHING = (
    FaultKind.REFUSE,
    FaultKind.HANG,
    FaultKind.RESET,
    FaultKind.HTTP500,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.FAILURE_ENVELOPE,
)
"""Faults under which nothing can be read, whatever is asked."""


GATEWAYS = (
    AccountSource,
    CockpitSource,
    ConnectorHealthSource,
    OpinionTopicSource,
    PlaceSource,
    SearchEverywhere,
    SubgraphSource,
    WriteStatusSource,
)
"""Ports that no platform offers, but the gateway itself."""
READS = [(platform, name) for platform in PLATFORMS for name in reads_of(platform)]
SIGN_INS = [(platform, form) for platform in PLATFORMS for form in platform.tickets]


@pytest.mark.parametrize(("platform", "name"), READS, ids=lambda part: getattr(part, "name", part))
async def test_reads_answer_one_entry_per_key_in_order(platform: Platform, name: str, sandbox: Sandbox) -> None:
    """Every read answers each key in its place, and None for one the platform does not know."""
    async with connected(platform, sandbox) as connection:
        ask = asking(sandbox.world)
        keys, more = await arguments_of(connection, name, sandbox.world, ask)
        assert keys
        if name in LISTED:
            answers = await method(connection, name)(keys, *more, ask)

            assert len(answers) == len(keys)
            assert all(isinstance(answer, Page | tuple) for answer in answers)
            assert any(answer.nodes if isinstance(answer, Page) else answer for answer in answers)
            return
        answers = await method(connection, name)([*keys, UNKNOWN, keys[0]], *more, ask)

        assert [getattr(answer, NAMED_BY.get(name, "key"), None) for answer in answers[: len(keys)]] == keys
        assert answers[len(keys)] is None or name == "load_studio_marks"
        assert answers[-1] == answers[0]


@pytest.mark.parametrize("kind", ANSWERS_NOTHING)
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_a_fault_of_everything_fills_each_place_with_its_error(
    platform: Platform, kind: FaultKind, sandbox: Sandbox
) -> None:
    """Tokens fail too: a read does not raise, the error stands in each key's place and says that asking again helps.

    What comes of each fault on each operation alone is in ``test_fault_table.py`` and beside it.
    """
    name = next(name for name in reads_of(platform) if name in KEYED)
    keys, more = KEYED[name]
    async with connected(platform, sandbox, 300 if kind is FaultKind.HANG else 20_000) as connection:
        sandbox.break_(platform.name, kind)

        answers = await method(connection, name)(keys(sandbox.world), *more(sandbox.world), asking(sandbox.world))

    assert answers
    for answer in answers:
        assert isinstance(answer, PlatformError)
        assert answer.platform == platform.name
        assert answer.retryable


@pytest.mark.parametrize(("platform", "form"), SIGN_INS, ids=lambda part: getattr(part, "name", part))
async def test_a_ticket_becomes_an_identity_once(platform: Platform, form: Any, sandbox: Sandbox) -> None:
    """A person's ticket tells who they are; handed in again, or never issued, it asks for a new sign-in."""
    app = sandbox.apps[platform.name]
    person = next(each for each in app.persons if bool(each.company) is (form is TicketForm.ZHELIBAN_ESSO))
    ticket = await sandbox.ticket(platform.name, person.id, platform.tickets[form])
    async with connected(platform, sandbox) as connection:
        sign_in = next(source for source in connection.sources if isinstance(source, SignIn))
        ask = asking(sandbox.world)

        identity = await sign_in.sign_in(form, ticket, ask)

        assert isinstance(identity, Identity)
        assert identity.platform == platform.name
        assert identity.name == (person.company or person.name)
        for used in (ticket, "never-issued"):
            with pytest.raises(SignInNeededError):
                await sign_in.sign_in(form, used, ask)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
async def test_without_credentials_it_says_so_and_calls_nobody(platform: Platform, sandbox: Sandbox) -> None:
    """A platform that is not configured is unreachable, at once and without a call."""
    connection = platform.connect(platform.settings(), Cache(BoundedMemoryCache(10)))
    name = next(name for name in reads_of(platform) if name in KEYED)

    answers = await method(connection, name)(["some-0001"], asking(sandbox.world))
    await connection.aclose()

    assert isinstance(answers[0], PlatformError)
    assert sandbox.calls() == {}


def test_every_port_has_a_sample() -> None:
    """A port that reads cannot be offered without this suite knowing how to ask it."""
    reads = {
        name for port in PORTS if port not in GATEWAYS for name in vars(port) if name.startswith(("load_", "list_"))
    }

    assert reads == set(KEYED) | set(LISTED) | set(ANSWERED)
