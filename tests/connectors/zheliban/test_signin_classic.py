"""Classic sign-on (wire-formats B2, B4): tickets become identities, by either way and in either form."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from connectors.errors import (
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.records.identity import DocumentType, Identity, TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings

CLASSIC = TicketForm.ZHELIBAN_CLASSIC
Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]


def chosen(mode: str, **simple: Any) -> ZhelibanSettings:
    """Settings of the sandbox in that mode."""
    return ZhelibanSettings.model_validate({"mode": mode, "simple": simple, "timeout_ms": 30_000}).with_sandbox()


@pytest.mark.parametrize("mode", ["simple", "irs_simple", "uc"])
@pytest.mark.parametrize("datatype", ["json", "xml"])
async def test_a_ticket_becomes_an_identity(
    connected: Connect, sandbox: SandboxApp, ticket: Any, world: World, asking: Asking, mode: str, datatype: str
) -> None:
    """B2, B4: direct and through IRS, from JSON and from XML alike."""
    citizen = world.citizens[0]
    sources = connected(chosen(mode, datatype=datatype), httpx.ASGITransport(app=sandbox))

    identity = await sources.sign_in.sign_in(CLASSIC, await ticket(citizen.id, "classic"), asking())

    assert identity == Identity(
        platform="zheliban",
        subject=identity.subject,
        name=citizen.name,
        level=3,
        id_number=citizen.id_number,
        mobile=citizen.mobile,
        document=DocumentType.ID_CARD,
    )
    assert identity.subject.startswith("classic.")
    paths = [request.url.path for request in sources.requests]
    assert all(("/restapi/" in path) == (mode != "simple") for path in paths)
    assert len(paths) == 2


async def test_the_account_is_the_unified_one_only_where_the_settings_say_so(
    connected: Connect, world: World, asking: Asking
) -> None:
    """B5: whether the two ids are the same is not public, so they are kept apart."""
    settings = chosen("simple", same_accounts=True)
    app = build_sandbox(settings, world)
    sources = connected(settings, httpx.ASGITransport(app=app))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, client=("127.0.0.1", 1)), base_url="http://sandbox"
    ) as client:
        answer = await client.get("/sandbox/ticket", params={"person": "citizen-0001", "form": "classic"})

    identity = await sources.sign_in.sign_in(CLASSIC, answer.json()["ticket"], asking())

    assert identity.subject == world.citizens[0].user_id


async def test_the_request_is_the_published_one(connected: Connect, asking: Asking) -> None:
    """B2: POST with a form; method, servicecode, time, sign, datatype, st."""
    sources = connected(chosen("simple"), httpx.MockTransport(lambda _: httpx.Response(200, json={"result": "6002"})))

    with pytest.raises(SignInNeededError):
        await sources.sign_in.sign_in(CLASSIC, "demo ticket/+", asking())

    (request,) = sources.requests
    sent = {name: values[0] for name, values in parse_qs(request.content.decode(), strict_parsing=True).items()}
    assert (request.method, str(request.url)) == ("POST", "http://127.0.0.1:8101/sso/servlet/simpleauth")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert sent.keys() == {"method", "servicecode", "time", "sign", "datatype", "st"}
    assert (sent["method"], sent["servicecode"], sent["st"]) == ("ticketValidation", "demosvc", "demo ticket/+")
    assert len(sent["time"]) == 14


@pytest.mark.parametrize(
    ("person", "level", "named"), [("citizen-0001", 3, True), ("citizen-0003", 2, True), ("citizen-0010", 1, False)]
)
async def test_the_real_name_counts_from_level_two(
    platform: SimpleNamespace, ticket: Any, asking: Asking, person: str, level: int, *, named: bool
) -> None:
    """B2: what somebody at level 1 typed in is no name and no number of theirs."""
    identity = await platform.sign_in.sign_in(CLASSIC, await ticket(person, "classic"), asking())

    assert identity.level == level
    assert (identity.id_number is not None, identity.document is not None) == (named, named)
    assert identity.name.startswith("demo_") is not named


async def test_an_inactive_account_is_not_signed_in(platform: SimpleNamespace, ticket: Any, asking: Asking) -> None:
    """B2: useable 2."""
    with pytest.raises(NotAllowedError):
        await platform.sign_in.sign_in(CLASSIC, await ticket("citizen-0050", "classic"), asking())


async def test_a_ticket_is_used_once(platform: SimpleNamespace, ticket: Any, asking: Asking) -> None:
    """B2, F9: a second use asks for a new sign-in, and tells nothing of the ticket."""
    used = await ticket("citizen-0001", "classic")
    await platform.sign_in.sign_in(CLASSIC, used, asking())

    with pytest.raises(SignInNeededError) as caught:
        await platform.sign_in.sign_in(CLASSIC, used, asking())

    assert (caught.value.upstream_code, used in str(caught.value)) == ("6002", False)


USER = {"result": "0", "userid": "u1", "authlevel": "2", "username": "测试甲", "idtype": "1", "idnum": "n1"}


def answering(user: dict[str, Any], taken: dict[str, Any] | None = None) -> httpx.MockTransport:
    """A platform that takes any ticket and knows this user."""

    def answer(request: httpx.Request) -> httpx.Response:
        validation = b"ticketValidation" in request.content
        return httpx.Response(200, json={"result": 0, "token": "t"} | (taken or {}) if validation else user)

    return httpx.MockTransport(answer)


@pytest.mark.parametrize(
    ("facts", "level", "number", "document"),
    [
        ({}, 2, "n1", DocumentType.ID_CARD),
        ({"authlevel": 3}, 3, "n1", DocumentType.ID_CARD),
        ({"authlevel": "1"}, 1, None, None),
        ({"authlevel": "9"}, 1, None, None),
        ({"authlevel": None}, 1, None, None),
        ({"authlevel": {"value": "3"}}, 1, None, None),
        ({"authlevel": True}, 1, None, None),
        ({"idtype": 1}, 2, "n1", DocumentType.ID_CARD),
        ({"idtype": "2"}, 2, None, DocumentType.PASSPORT),
        ({"idtype": "8"}, 2, None, DocumentType.OTHER),
        ({"idtype": ""}, 2, None, None),
        ({"idnum": ["n1"]}, 2, None, DocumentType.ID_CARD),
        ({"result": 0}, 2, "n1", DocumentType.ID_CARD),
    ],
    ids=str,
)
async def test_fields_may_be_texts_or_numbers_and_broken_ones_prove_nothing(
    connected: Connect, asking: Asking, facts: Any, level: int, number: str | None, document: DocumentType | None
) -> None:
    """B2: an unknown level is the lowest; only an ID card's number is handed on."""
    sources = connected(chosen("simple"), answering(USER | facts))

    identity = await sources.sign_in.sign_in(CLASSIC, "t", asking())

    assert (identity.level, identity.id_number, identity.document) == (level, number, document)


@pytest.mark.parametrize(
    ("user", "taken"),
    [
        ({"result": "0"}, None),
        (USER | {"userid": ""}, None),
        (USER | {"userid": {"value": "u1"}}, None),
        (USER, {"userid": "somebody else"}),
        (USER, {"token": ""}),
        (USER, {"token": None}),
    ],
    ids=str,
)
async def test_who_cannot_be_known_is_not_signed_in(connected: Connect, asking: Asking, user: Any, taken: Any) -> None:
    """Without an account, or with two, there is no identity."""
    with pytest.raises(UnexpectedAnswerError) as caught:
        await connected(chosen("simple"), answering(user, taken)).sign_in.sign_in(CLASSIC, "t", asking())

    assert "测试甲" not in str(caught.value)


async def test_wrong_credentials_are_ours_to_mend(connected: Connect, sandbox: SandboxApp, asking: Asking) -> None:
    """B2 9900, 9901: code or password wrong."""
    for wrong, code in (({"servicecode": "nobody"}, "9900"), ({"servicepwd": "wrong"}, "9901")):
        sources = connected(chosen("simple", **wrong), httpx.ASGITransport(app=sandbox))
        with pytest.raises(RefusedSignatureError) as caught:
            await sources.sign_in.sign_in(CLASSIC, "t", asking())
        assert caught.value.upstream_code == code


@pytest.mark.parametrize("mode", ["simple", "irs_simple"])
async def test_a_clock_that_is_off_is_corrected(
    connected: Connect, sandbox: SandboxApp, ticket: Any, asking: Asking, mode: str
) -> None:
    """F2, F9: where the platform's clock differs, the call is signed once more by it, and the ticket holds as ever."""
    issued = await ticket("citizen-0001", "classic")
    sandbox.faults.put(Fault(FaultKind.CLOCK, ms=3_600_000))
    sources = connected(chosen(mode), httpx.ASGITransport(app=sandbox))

    identity = await sources.sign_in.sign_in(CLASSIC, issued, asking())

    assert identity.subject
    assert len(sources.requests) == 3  # the ticket's call twice, then the user's by the right time at once


@pytest.mark.parametrize(
    ("kind", "error"),
    [(FaultKind.FAILURE_ENVELOPE, UnexpectedAnswerError), (FaultKind.EXPIRED_TOKEN, SignInNeededError)],
)
@pytest.mark.parametrize("mode", ["simple", "irs_simple"])
async def test_faults_become_their_errors(
    connected: Connect,
    sandbox: SandboxApp,
    ticket: Any,
    asking: Asking,
    mode: str,
    kind: FaultKind,
    error: type[PlatformError],
) -> None:
    """Its own failure is the platform's, an ended token asks for a new sign-in."""
    issued = await ticket("citizen-0001", "classic")
    sandbox.faults.put(Fault(kind))

    with pytest.raises(error):
        await connected(chosen(mode), httpx.ASGITransport(app=sandbox)).sign_in.sign_in(CLASSIC, issued, asking())


async def test_schema_drift_of_the_sandbox_leaves_the_account(
    platform: SimpleNamespace, ticket: Any, sandbox: SandboxApp, asking: Asking
) -> None:
    """Under the fault schema_drift somebody is still who they are."""
    issued = await ticket("citizen-0001", "classic")
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    identity = await platform.sign_in.sign_in(CLASSIC, issued, asking())

    assert identity.subject.startswith("classic.")
