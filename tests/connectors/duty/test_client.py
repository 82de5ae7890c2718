"""How calls prove themselves, and what the platform's refusals become."""

import asyncio
import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.errors import (
    NotAllowedError,
    NotConfiguredError,
    NotFoundError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.records.identity import Identity
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask

Connected = Callable[..., SimpleNamespace]
Answering = Callable[[Callable[[httpx.Request], httpx.Response]], SimpleNamespace]


async def test_twenty_reads_cause_one_renewal(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """Reads that find no token wait for a single one."""
    keys = [studio.key for studio in world.studios[:20]]

    answers = await asyncio.gather(*(duty.studios.load_studios([key], ask) for key in keys))

    assert [studio.key for [studio] in answers] == keys
    assert sandbox.calls == {"token": 1, "studios": 20}


async def test_an_ended_token_is_renewed_once(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask, clock: Any
) -> None:
    """Twenty reads whose token the platform no longer takes share one new one, and each is asked once more."""
    await duty.members.load_members(["M0"], ask)
    clock.now += 7200
    keys = [studio.key for studio in world.studios[:20]]

    answers = await asyncio.gather(*(duty.studios.load_studios([key], ask) for key in keys))

    assert [studio.key for [studio] in answers] == keys
    assert sandbox.calls["token"] == 2
    assert 21 <= sandbox.calls["studios"] <= 40


async def test_a_token_that_is_never_taken(
    settings: DutySettings, world: World, connected: Connected, ask: Ask
) -> None:
    """When the new token is refused as well, credentials or clock are wrong: no third attempt."""
    hasty = itertools.count(step=7200)
    sandbox = build_sandbox(settings, world, clock=lambda: float(next(hasty)))
    duty = connected(settings, httpx.ASGITransport(sandbox))

    [entry] = await duty.studios.load_studios([world.studios[0].key], ask)

    assert type(entry) is RefusedSignatureError
    assert sandbox.calls == {"token": 2, "studios": 2}


@pytest.mark.parametrize(
    "wrong", [{"client_secret": SecretStr("guessed")}, {"client_id": "other"}, {"scope": "duty.everything"}]
)
async def test_wrong_credentials(
    wrong: dict[str, Any], settings: DutySettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """A secret, a client or a scope the platform does not take is ours to mend, and nothing else is asked."""
    duty = connected(settings.model_copy(update=wrong), httpx.ASGITransport(sandbox))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    assert type(entry) is RefusedSignatureError
    assert sandbox.calls == {"token": 1}


async def test_odd_characters_in_credentials(world: World, connected: Connected, ask: Ask) -> None:
    """Id and secret are form-encoded before they are joined, so a colon or an umlaut survives."""
    odd = DutySettings(client_id="a:b c", client_secret="p%+ü:/&").with_sandbox()
    duty = connected(odd, httpx.ASGITransport(build_sandbox(odd, world)))

    [studio] = await duty.studios.load_studios([world.studios[0].key], ask)

    assert studio.key == world.studios[0].key


async def test_a_scope_one_does_not_have(
    settings: DutySettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """Without the scope for look-ups the platform forbids them."""
    reading = settings.model_copy(update={"scope": "duty.read"})
    duty = connected(reading, httpx.ASGITransport(sandbox))
    identity = Identity(platform="zheliban", subject="u", name="", id_number="000000190001010000")

    [entry] = await duty.lookup.find_members([identity], ask)

    assert type(entry) is NotAllowedError
    assert entry.upstream_code == "INSUFFICIENT_SCOPE"


@pytest.mark.parametrize(("missing", "value"), [("base_url", ""), ("client_id", ""), ("client_secret", SecretStr(""))])
async def test_not_configured(
    *, missing: str, value: Any, settings: DutySettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """Without address or client every key is answered in its place, and nobody is called."""
    duty = connected(settings.model_copy(update={missing: value}), httpx.ASGITransport(sandbox))

    entries = await duty.studios.load_studios(["S1", "S2"], ask)

    assert [type(entry) for entry in entries] == [NotConfiguredError] * 2
    assert sandbox.calls.total() == 0


PROBLEM = {"type": "about:blank", "title": "no", "status": 422, "code": "ODD_KEY", "detail": "secret words"}
REFUSALS: list[tuple[int, Any, type[PlatformError], str | None]] = [
    (400, PROBLEM, RejectedInputError, "ODD_KEY"),
    (403, PROBLEM, NotAllowedError, "ODD_KEY"),
    (404, PROBLEM, NotFoundError, "ODD_KEY"),
    (422, PROBLEM, RejectedInputError, "ODD_KEY"),
    (422, {"code": "call 10.0.0.7 for help"}, RejectedInputError, None),
    (422, ["no problem"], RejectedInputError, None),
    (429, {}, SlowDownError, None),
    (302, {}, UnexpectedAnswerError, None),
    (204, {}, UnexpectedAnswerError, None),
    (503, PROBLEM, UnexpectedAnswerError, None),
]


@pytest.mark.parametrize(("status", "body", "kind", "code"), REFUSALS)
async def test_refusals_become_errors(
    *, status: int, body: Any, kind: type[PlatformError], code: str | None, answering: Answering, ask: Ask
) -> None:
    """Each status has its error; of the body only a well-formed code is kept."""
    duty = answering(lambda _: httpx.Response(status, json=body))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    assert type(entry) is kind
    assert entry.upstream_code == code
    assert entry.detail == f"HTTP {status}"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, {"access_token": "t", "token_type": "mac", "expires_in": 7200}, UnexpectedAnswerError),
        (200, {"access_token": "t\r\nX: 1", "token_type": "Bearer", "expires_in": 7200}, UnexpectedAnswerError),
        (200, {"token_type": "Bearer", "expires_in": 7200}, UnexpectedAnswerError),
        (401, {"error": "invalid_client"}, RefusedSignatureError),
        (429, {}, SlowDownError),
        (404, {}, UnexpectedAnswerError),
    ],
)
async def test_odd_answers_of_the_token_endpoint(
    *, status: int, body: Any, kind: type[PlatformError], settings: DutySettings, connected: Connected, ask: Ask
) -> None:
    """What is no bearer token is not used; the operation in the error is the token's."""
    duty = connected(settings, httpx.MockTransport(lambda _: httpx.Response(status, json=body)))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    assert (type(entry), entry.operation) == (kind, "token")


async def test_errors_tell_nothing_internal(
    settings: DutySettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """Neither address nor secret stands in an error or in what settings print of themselves."""
    duty = connected(settings.model_copy(update={"client_id": "other"}), httpx.ASGITransport(sandbox))

    [entry] = await duty.studios.load_studios(["S1"], ask)

    told = f"{entry} {entry!r} {entry.detail}"
    assert "127.0.0.1" not in told
    assert settings.client_secret.get_secret_value() not in f"{told} {settings!r}"
    assert settings.id_digest_key.get_secret_value() not in repr(settings)
