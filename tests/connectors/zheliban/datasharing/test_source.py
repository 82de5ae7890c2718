"""Shared data (wire-formats B7): read in every form, refusals in our terms."""

import hashlib
import hmac
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings

Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]


def chosen(**datashare: Any) -> ZhelibanSettings:
    """Settings of the sandbox."""
    return ZhelibanSettings.model_validate({"datashare": datashare, "timeout_ms": 30_000}).with_sandbox()


def digest(world: World) -> dict[str, str]:
    """The parameters that ask for the first citizen."""
    number = world.citizens[0].id_number
    return {"idDigest": hmac.new(b"demoAppSecret0001", number.encode(), hashlib.sha256).hexdigest()}


def answering(*bodies: Any) -> httpx.MockTransport:
    """A platform that gives secrets out and answers data with these bodies, the last one for ever."""
    left = list(bodies)

    def answer(request: httpx.Request) -> httpx.Response:
        if "refreshToken" in request.url.path:
            datas = {"refreshSecret": "r", "requestSecret": "q"}
            return httpx.Response(200, json={"code": "00", "datas": datas})
        return httpx.Response(200, json=left.pop(0) if len(left) > 1 else left[0])

    return httpx.MockTransport(answer)


@pytest.mark.parametrize("credentials_in", ["query", "headers"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_data_are_read(
    connected: Connect, sandbox: SandboxApp, world: World, asking: Asking, credentials_in: str, method: str
) -> None:
    """B7: by GET or POST, credentials as query or headers."""
    settings = chosen(credentials_in=credentials_in, method=method)
    sources = connected(settings, httpx.ASGITransport(app=sandbox))

    shared = await sources.sharing.share("residentBasic", digest(world), asking())

    assert (shared.count, shared.data[0]["XM"]) == (1, world.citizens[0].name)
    assert world.citizens[0].name not in repr(shared)
    request = sources.requests[-1]
    assert (request.method, "sign" in request.headers, "sign" in request.url.params) == (
        method,
        credentials_in == "headers",
        credentials_in == "query",
    )


async def test_the_sign_is_the_published_one(connected: Connect, asking: Asking) -> None:
    """B7: md5 of appKey, secret and requestTime; the application's secret first, then the request secret."""
    sources = connected(chosen(), answering({"code": "00", "datas": []}))

    await sources.sharing.share("residentBasic", {}, asking())

    for request, secret in zip(sources.requests, ("demoAppSecret0001", "q"), strict=True):
        sent = request.url.params
        text = sent["appKey"] + secret + sent["requestTime"]
        assert sent["sign"] == hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        assert len(sent["requestTime"]) == 13


async def test_a_json_string_is_read_again(
    platform: SimpleNamespace, sandbox: SandboxApp, world: World, asking: Asking
) -> None:
    """B7: datas may be a JSON string."""
    del sandbox
    shared = await platform.sharing.share("elderCareSubsidies", digest(world), asking())

    assert isinstance(shared.data, list)
    assert len(shared.data) == shared.count


@pytest.mark.parametrize(
    ("body", "error", "code"),
    [
        ({"code": "14", "msg": "secret words"}, RefusedSignatureError, "14"),
        ({"code": "11"}, RefusedSignatureError, "11"),
        ({"code": 11}, RefusedSignatureError, "11"),
        ({"code": "18"}, SlowDownError, "18"),
        ({"code": "99"}, UnexpectedAnswerError, "99"),
        ({"code": "测试甲"}, UnexpectedAnswerError, None),
        ({"msg": "x"}, UnexpectedAnswerError, None),
        ({"code": "00", "datas": "{cut"}, UnexpectedAnswerError, None),
        ({"code": "00", "datas": "[" * 100_000}, UnexpectedAnswerError, None),
        ([], UnexpectedAnswerError, None),
    ],
    ids=lambda part: str(part)[:40],
)
async def test_refusals_have_their_errors(
    connected: Connect, asking: Asking, body: Any, error: type[PlatformError], code: str | None
) -> None:
    """B7: 11 asks for a fresh secret once, 14 is ours to mend, 18 is over quota; any other is not known."""
    sources = connected(chosen(), answering(body))

    with pytest.raises(error) as caught:
        await sources.sharing.share("residentBasic", {}, asking())

    assert (caught.value.upstream_code, "secret" in str(caught.value)) == (code, False)
    tries = [request for request in sources.requests if "dataSharing" in request.url.path]
    assert len(tries) == (2 if code == "11" else 1)


@pytest.mark.parametrize(
    ("datas", "read"), [("[1]", [1]), ("", None), (" ", None), (None, None), ({"a": 1}, {"a": 1}), ("3", 3)]
)
async def test_datas_are_read_in_every_form(connected: Connect, asking: Asking, datas: Any, read: Any) -> None:
    """B7: rows, an object, nothing, or any of them as a string."""
    sources = connected(chosen(), answering({"code": "00", "datas": datas, "dataCount": "many"}))

    shared = await sources.sharing.share("residentBasic", {}, asking())

    assert (shared.data, shared.count) == (read, None)


@pytest.mark.parametrize(
    ("interface", "params"),
    [("", {}), ("../x", {}), ("a/b", {}), ("a?b", {}), ("a", {"sign": "x"}), ("a", {"appKey": "x"})],
)
async def test_what_cannot_be_asked_for_is_not(
    platform: SimpleNamespace, asking: Asking, interface: str, params: dict[str, str]
) -> None:
    """An id cannot lead elsewhere, a parameter cannot stand for the proof."""
    with pytest.raises(RejectedInputError):
        await platform.sharing.share(interface, params, asking())

    assert platform.requests == []


@pytest.mark.parametrize(("interface", "code"), [("residentBasic", "40"), ("nothing", "44")])
async def test_the_sandboxs_own_codes_are_rejected_input(
    platform: SimpleNamespace, asking: Asking, interface: str, code: str
) -> None:
    """A missing parameter or an unknown interface is the caller's."""
    with pytest.raises(RejectedInputError) as caught:
        await platform.sharing.share(interface, {}, asking())

    assert caught.value.upstream_code == code


async def test_without_a_key_nobody_is_called(connected: Connect, asking: Asking) -> None:
    """What was not set up says so."""
    sources = connected(ZhelibanSettings())

    with pytest.raises(NotConfiguredError):
        await sources.sharing.share("residentBasic", {}, asking())

    assert sources.requests == []


async def test_a_wrong_secret_is_ours_to_mend(connected: Connect, sandbox: SandboxApp, asking: Asking) -> None:
    """B7: code 14 at the first step."""
    sources = connected(chosen(app_secret="wrong"), httpx.ASGITransport(app=sandbox))

    with pytest.raises(RefusedSignatureError):
        await sources.sharing.share("residentBasic", {}, asking())


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.FAILURE_ENVELOPE, UnexpectedAnswerError),
        (FaultKind.EXPIRED_TOKEN, RefusedSignatureError),
        (FaultKind.HTTP500, UnexpectedAnswerError),
        (FaultKind.GARBAGE, UnexpectedAnswerError),
        (FaultKind.TRUNCATED, UnexpectedAnswerError),
    ],
)
async def test_faults_become_their_errors(
    platform: SimpleNamespace,
    sandbox: SandboxApp,
    world: World,
    asking: Asking,
    kind: FaultKind,
    error: type[PlatformError],
) -> None:
    """A failure of the system, secrets that end at once, and what is no answer."""
    sandbox.faults.put(Fault(kind))

    with pytest.raises(error) as caught:
        await platform.sharing.share("residentBasic", digest(world), asking())

    assert json.dumps(digest(world)["idDigest"]) not in str(caught.value)


async def test_schema_drift_of_the_sandbox_is_survived(
    platform: SimpleNamespace, sandbox: SandboxApp, world: World, asking: Asking
) -> None:
    """Missing ends of secrets cost nothing; what the rows hold is the interface's own."""
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    assert (await platform.sharing.share("residentBasic", digest(world), asking())).data
