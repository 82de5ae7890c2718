"""Signing in by the platform's own login, and what is refused on the way."""

import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.errors import (
    NotAllowedError,
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.ports import SignIn, SignInPage
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.logging_in import FORM, brought_back, page_of


async def test_a_member_signs_in_by_the_platforms_login(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """The account is the login's, and says which member it belongs to; it comes with no level."""
    member, binding = world.members[0], Binding.new()
    page = page_of(duty)

    sent = await brought_back(sandbox, page, binding, ask, member.person.id)
    identity = await page.come_back(FORM, sent, binding, ask)

    assert page.state_in(FORM, sent) == binding.state
    assert identity == Identity("duty", f"login-{member.person.id}", member.person.name, member_key=member.key)


async def test_staff_have_an_account_and_are_no_members(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """An account alone makes nobody a member."""
    clerk, binding = next(person for person in world.officials if "staff" in person.roles), Binding.new()
    page = page_of(duty)

    identity = await page.come_back(FORM, await brought_back(sandbox, page, binding, ask, clerk.id), binding, ask)

    assert identity.member_key is None
    assert await duty.lookup.find_members([identity], ask) == [None]


async def test_the_registry_is_asked_whether_there_is_such_a_member(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """The login's word counts where the registry knows the member, and from no other platform."""
    key = world.members[3].key
    told = Identity("duty", "login-x", "", member_key=key)
    others = [dataclasses.replace(told, member_key="M0"), dataclasses.replace(told, platform="zheliban")]

    member, unknown, elsewhere = await duty.lookup.find_members([told, *others], ask)

    assert member.key == key
    assert (unknown, elsewhere) == (None, None)
    assert sandbox.calls["members"] == 1


async def test_the_request_is_bound_in_every_way(duty: SimpleNamespace, ask: Ask) -> None:
    """State, nonce and an S256 challenge go out; the verifier does not."""
    binding = Binding.new()

    address = await page_of(duty).sign_in_page(FORM, binding, ask)

    query = parse_qs(urlsplit(address).query)
    assert query["state"] == [binding.state]
    assert query["nonce"] == [binding.nonce]
    assert (query["code_challenge"], query["code_challenge_method"]) == ([binding.code_challenge], ["S256"])
    assert query["redirect_uri"] == ["http://127.0.0.1:8000/login/duty/callback"]
    assert binding.code_verifier not in address
    assert binding.state not in repr(binding)


def test_a_code_alone_is_no_ticket(duty: SimpleNamespace) -> None:
    """There is a page, and nothing that takes a code without its leg."""
    assert isinstance(page_of(duty), SignInPage)
    assert not any(isinstance(source, SignIn) for source in duty.connection.sources)
    assert page_of(duty).is_inside("any browser") is False


WRONG_BINDINGS: dict[str, Callable[[Binding], Binding]] = {
    "another leg's verifier": lambda own: dataclasses.replace(own, code_verifier=Binding.new().code_verifier),
    "a plain verifier": lambda own: dataclasses.replace(own, code_verifier=own.code_challenge),
    "another leg's nonce": lambda own: dataclasses.replace(own, nonce=Binding.new().nonce),
    "no nonce": lambda own: dataclasses.replace(own, nonce=""),
}


@pytest.mark.parametrize("wrong", WRONG_BINDINGS)
async def test_a_code_counts_in_its_own_leg_only(
    duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask, wrong: str
) -> None:
    """A code that another leg asked for, as an attacker would plant it, signs nobody in."""
    binding, page = Binding.new(), page_of(duty)
    sent = await brought_back(sandbox, page, binding, ask)

    with pytest.raises(SignInNeededError):
        await page.come_back(FORM, sent, WRONG_BINDINGS[wrong](binding), ask)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8103/", "https://attacker.example", "", None])
async def test_another_servers_answer_is_refused_before_the_code_goes_out(
    duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask, issuer: str | None
) -> None:
    """RFC 9207 section 2.4: the issuer beside the code is ours to the letter, and it is there; else no token call."""
    binding, page = Binding.new(), page_of(duty)
    sent = await brought_back(sandbox, page, binding, ask)
    sent = {name: value for name, value in sent.items() if name != "iss"} | ({} if issuer is None else {"iss": issuer})

    with pytest.raises(SignInNeededError):
        await page.come_back(FORM, sent, binding, ask)

    assert sandbox.calls["login.token"] == 0


async def test_a_code_is_taken_once(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """Replayed with all that belongs to it, it is used."""
    binding, page = Binding.new(), page_of(duty)
    sent = await brought_back(sandbox, page, binding, ask)
    await page.come_back(FORM, sent, binding, ask)

    with pytest.raises(SignInNeededError):
        await page.come_back(FORM, sent, binding, ask)


async def test_a_code_of_an_hour_ago_is_none(duty: SimpleNamespace, sandbox: SandboxApp, clock: Any, ask: Ask) -> None:
    """Codes end after a minute."""
    binding, page = Binding.new(), page_of(duty)
    sent = await brought_back(sandbox, page, binding, ask)
    clock.now += 61

    with pytest.raises(SignInNeededError):
        await page.come_back(FORM, sent, binding, ask)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({"error": "access_denied"}, NotAllowedError),
        ({"error": "server_error"}, SignInNeededError),
        ({"code": ""}, SignInNeededError),
        ({}, SignInNeededError),
    ],
)
async def test_a_refusal_is_told_as_what_it_is(
    duty: SimpleNamespace, settings: DutySettings, ask: Ask, sent: dict[str, str], kind: type[PlatformError]
) -> None:
    """Who declined was not let in; without a code there is nothing to hand in."""
    with pytest.raises(kind) as caught:
        await page_of(duty).come_back(FORM, {**sent, "iss": settings.base_url}, Binding.new(), ask)

    assert type(caught.value) is kind


async def test_whoever_declines_comes_back_too(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """The page's button to decline leads back with state and issuer."""
    binding, page = Binding.new(), page_of(duty)
    address = await page.sign_in_page(FORM, binding, ask)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox)) as browser:
        answer = await browser.get(f"{address}&decline=1")
    sent = {name: value for name, [value] in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    assert page.state_in(FORM, sent) == binding.state
    with pytest.raises(NotAllowedError):
        await page.come_back(FORM, sent, binding, ask)


async def test_our_own_wrong_secret_is_ours_to_mend(
    settings: DutySettings, sandbox: SandboxApp, connected: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """The token endpoint's invalid_client is no fault of the person's."""
    wrong = settings.model_copy(update={"signin": settings.signin.model_copy(update={"client_secret": "x"})})
    duty = connected(DutySettings.model_validate(wrong.model_dump()), httpx.ASGITransport(sandbox))
    binding, page = Binding.new(), page_of(duty)
    sent = await brought_back(sandbox, page, binding, ask)

    with pytest.raises(RefusedSignatureError):
        await page.come_back(FORM, sent, binding, ask)


@pytest.mark.parametrize("form", [FORM, TicketForm.ZHELIBAN_UNIFIED])
async def test_without_registration_there_is_no_page(
    connected: Callable[..., SimpleNamespace], ask: Ask, form: TicketForm
) -> None:
    """Nobody is sent anywhere, and nothing is called."""
    duty = connected(DutySettings())

    assert page_of(duty).ways == ()
    with pytest.raises(NotConfiguredError):
        await page_of(duty).sign_in_page(form, Binding.new(), ask)
    assert duty.requests == []


@pytest.mark.parametrize(
    "kind", [FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.FAILURE_ENVELOPE, FaultKind.TRUNCATED]
)
@pytest.mark.parametrize("operation", ["login.configuration", "login.token", "login.keys"])
async def test_an_ill_login_is_told_from_a_bad_code(
    settings: DutySettings,
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    ask: Ask,
    kind: FaultKind,
    operation: str,
) -> None:
    """What the platform cannot answer is its failure: whoever signs in may try again."""
    binding, page = Binding.new(), page_of(connected(settings, httpx.ASGITransport(sandbox)))
    sent = await brought_back(sandbox, page, binding, ask)
    cold = page_of(connected(settings, httpx.ASGITransport(sandbox)))
    sandbox.faults.put(Fault(kind, operation))

    with pytest.raises(UnexpectedAnswerError):
        await cold.come_back(FORM, sent, binding, ask)


async def test_metadata_and_keys_are_kept(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """Ten sign-ins read them once."""
    page = page_of(duty)
    for _ in range(3):
        binding = Binding.new()
        await page.come_back(FORM, await brought_back(sandbox, page, binding, ask), binding, ask)

    assert (sandbox.calls["login.configuration"], sandbox.calls["login.keys"]) == (1, 1)
    assert sandbox.calls["login.token"] == 3
