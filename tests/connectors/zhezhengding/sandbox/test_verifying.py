"""Tampering with what the scheme signs is refused by the platform, and each refusal becomes the right error."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import httpx
import msgspec
import pytest

from connectors.deadline import Deadline
from connectors.errors import RefusedSignatureError
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.sandbox.envelopes import Refusal
from connectors.zhezhengding.sandbox.verifying import (
    HEADER_MISSING,
    NONCE_USED,
    UNKNOWN_KEY,
    WRONG_CLOCK,
    WRONG_SECRET,
    WRONG_SIGNATURE,
    WRONG_VERSION,
    Asked,
    Verifier,
)
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import CHINA, pairs_from, signature, string_to_sign

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

Change = Callable[[httpx.Request], httpx.Request]
EMPLOYEES = "/mozi/employee/listEmployeesByCodes"
ANYTHING = msgspec.json.Decoder(Any)


def soon() -> Deadline:
    """Time enough."""
    return Deadline.after(20)


async def employees(client: ZhezhengdingClient, *codes: str) -> Any:
    """A signed read with a list."""
    return await client.call("POST", EMPLOYEES, {"employeeCodes": codes, "tenantId": 100001}, ANYTHING, soon())


def remade(request: httpx.Request, **changes: Any) -> httpx.Request:
    """The same request with something else in it."""
    same = {"method": request.method, "url": request.url, "content": request.content, "headers": request.headers}
    made = same | changes
    headers = {k: v for k, v in dict(made["headers"]).items() if k.lower() not in {"content-length", "host"}}
    return httpx.Request(**(made | {"headers": headers}))


def header(name: str, value: str | None) -> Change:
    """Another value in a header, or no such header."""

    def change(request: httpx.Request) -> httpx.Request:
        headers = {k: v for k, v in request.headers.items() if k.lower() != name.lower()}
        return remade(request, headers=headers | ({name: value} if value is not None else {}))

    return change


def body(alter: Callable[[list[tuple[str, str]]], list[tuple[str, str]]]) -> Change:
    """Other parameters in the body."""

    def change(request: httpx.Request) -> httpx.Request:
        return remade(request, content=urlencode(alter(parse_qsl(request.content.decode()))).encode())

    return change


TAMPERED: dict[str, tuple[Change, str]] = {
    "path": (
        lambda r: remade(r, url=r.url.copy_with(path="/mozi/employee/listOrgEmployeePositionsByCodes")),
        WRONG_SIGNATURE,
    ),
    "parameter changed": (body(lambda pairs: [(k, v.replace("GE_1", "GE_9")) for k, v in pairs]), WRONG_SIGNATURE),
    "parameter added": (body(lambda pairs: [*pairs, ("employeeCodes", "GE_9")]), WRONG_SIGNATURE),
    "parameter removed": (body(lambda pairs: pairs[1:]), WRONG_SIGNATURE),
    "parameter in the address": (
        lambda r: remade(r, url=r.url.copy_merge_params({"employeeCodes": "GE_9"})),
        WRONG_SIGNATURE,
    ),
    "body no form": (header("content-type", "application/json"), WRONG_SIGNATURE),
    "clock rewritten": (
        header("X-Hmac-Auth-Timestamp", (datetime.now(CHINA) + timedelta(seconds=1)).isoformat()),
        WRONG_SIGNATURE,
    ),
    "clock unreadable": (header("X-Hmac-Auth-Timestamp", "yesterday"), WRONG_CLOCK),
    "clock without zone": (header("X-Hmac-Auth-Timestamp", datetime.now().isoformat()), WRONG_CLOCK),  # noqa: DTZ005 - meant
    "clock before all time": (header("X-Hmac-Auth-Timestamp", "0001-01-01T00:00:00+14:00"), WRONG_CLOCK),
    "nonce rewritten": (header("X-Hmac-Auth-Nonce", "1"), WRONG_SIGNATURE),
    "key unknown": (header("apiKey", "somebody"), UNKNOWN_KEY),
    "version unknown": (header("X-Hmac-Auth-Version", "2.0"), WRONG_VERSION),
    "algorithm rewritten": (header("X-Hmac-Auth-Algorithm", "md5"), WRONG_SIGNATURE),
    "signature rewritten": (header("X-Hmac-Auth-Signature", "AAAA"), WRONG_SIGNATURE),
    **{
        f"without {name}": (header(name, None), HEADER_MISSING)
        for name in (
            "apiKey",
            "X-Hmac-Auth-Timestamp",
            "X-Hmac-Auth-Nonce",
            "X-Hmac-Auth-Version",
            "X-Hmac-Auth-Signature",
        )
    },
}


@pytest.mark.parametrize("case", TAMPERED)
async def test_tampering_is_refused(bench: "Bench", case: str) -> None:
    """Whatever is changed between the client and the platform: E3 with its own code, ours to mend."""
    change, code = TAMPERED[case]
    bench.wire.change = change

    with pytest.raises(RefusedSignatureError) as caught:
        await employees(bench.client(), "GE_1", "GE_2")

    assert (bench.wire.last["success"], bench.wire.last["Code"]) == (False, code)
    assert (caught.value.upstream_code, caught.value.retryable) == (code, False)


async def test_other_method_is_refused(bench: "Bench") -> None:
    """A GET that arrives as POST with the same parameters is not what was signed."""

    def change(request: httpx.Request) -> httpx.Request:
        headers = dict(request.headers) | {"content-type": "application/x-www-form-urlencoded"}
        return remade(
            request, method="POST", url=request.url.copy_with(query=None), content=request.url.query, headers=headers
        )

    bench.wire.change = change

    with pytest.raises(RefusedSignatureError):
        await bench.client().token(soon())

    assert bench.wire.last["Code"] == WRONG_SIGNATURE


@pytest.mark.parametrize(("seconds", "taken"), [(-1000, False), (-800, True), (800, True), (1000, False)])
async def test_clock_may_differ_by_fifteen_minutes(bench: "Bench", seconds: int, taken: bool) -> None:  # noqa: FBT001 - a case
    """Within the window a call is answered, outside it is refused though it is signed well."""
    client = bench.client(lambda: datetime.now(CHINA) + timedelta(seconds=seconds))

    if taken:
        assert await employees(client, "GE_1") == []
    else:
        with pytest.raises(RefusedSignatureError):
            await employees(client, "GE_1")
        assert bench.wire.last["Code"] == WRONG_CLOCK


async def test_same_request_again_is_refused(bench: "Bench") -> None:
    """A request that was answered is not answered when somebody plays it again."""
    client = bench.client()
    await employees(client, "GE_1")
    first = bench.wire.requests[0]
    bench.wire.change = lambda _: remade(first)

    with pytest.raises(RefusedSignatureError):
        await employees(client, "GE_1")

    assert bench.wire.last["Code"] == NONCE_USED


async def test_bad_signature_does_not_use_the_nonce_up(bench: "Bench") -> None:
    """Who guesses at a nonce cannot block the one it belongs to."""
    request = bench.request(bench.client(), "POST", EMPLOYEES, {"employeeCodes": ["GE_1"], "tenantId": 100001})

    bad = (await bench.http.send(header("X-Hmac-Auth-Signature", "AAAA")(request))).json()
    good = (await bench.http.send(request)).json()

    assert (bad["Code"], good["success"]) == (WRONG_SIGNATURE, True)


async def test_other_secret_is_refused(bench: "Bench") -> None:
    """Signing with another secret, or naming another key, is refused."""
    with pytest.raises(RefusedSignatureError):
        await employees(bench.client(appsecret="another"), "GE_1")
    assert bench.wire.last["Code"] == WRONG_SIGNATURE

    with pytest.raises(RefusedSignatureError):
        await employees(bench.client(appkey="another"), "GE_1")
    assert bench.wire.last["Code"] == UNKNOWN_KEY


@pytest.mark.parametrize("name", ["appkey", "appsecret"])
async def test_wrong_token_parameter_is_refused(bench: "Bench", name: str) -> None:
    """Right headers do not make up for a wrong parameter of ``gettoken.json``."""
    answered = await bench.asked("/gettoken.json", {name: "another"}, "GET")

    assert (answered["success"], answered["Code"]) == (False, WRONG_SECRET)


@pytest.mark.parametrize(("insisted", "used"), [("ci", "codepoint"), ("codepoint", "ci")])
async def test_other_key_order_is_refused(bench: "Bench", insisted: str, used: str) -> None:
    """The platform insists on one order of keys; where the two differ, the other one is refused."""
    strict = ZhezhengdingSettings.model_validate({**dict(bench.settings), "sign": {"key_order": insisted}})
    bench.wire.app = build_sandbox(strict, bench.world)
    params = {"employeeCodes": ["GE_1"], "tenantId": 100001, "subject": "a", "subTypeCode": "b"}

    await bench.client(sign={"key_order": insisted}).call("POST", EMPLOYEES, params, ANYTHING, soon())
    with pytest.raises(RefusedSignatureError):
        await bench.client(sign={"key_order": used}).call("POST", EMPLOYEES, params, ANYTHING, soon())

    assert bench.wire.last["Code"] == WRONG_SIGNATURE


async def test_unsorted_or_encoded_parameters_are_refused(bench: "Bench") -> None:
    """What is signed is sorted and raw; a client that signs the wire form is refused."""
    pairs = [("tenantId", "100001"), ("employeeCodes", "GE 1")]
    request = bench.request(bench.client(), "POST", EMPLOYEES, dict(pairs))
    headers = request.headers
    head = ["POST", headers["X-Hmac-Auth-Timestamp"], headers["X-Hmac-Auth-Nonce"], EMPLOYEES]
    secret = bench.settings.appsecret.get_secret_value()

    for wrong in ("tenantId=100001&employeeCodes=GE 1", "employeeCodes=GE+1&tenantId=100001"):
        signed = signature("\n".join([*head, wrong]), secret)
        answered = (await bench.http.send(header("X-Hmac-Auth-Signature", signed)(request))).json()
        assert answered["Code"] == WRONG_SIGNATURE


async def test_order_on_the_wire_is_free(bench: "Bench") -> None:
    """Parameters may arrive in any order, repeated values too, with blank ones among them."""
    bench.wire.change = body(lambda pairs: [*reversed(pairs), ("blank", " "), ("empty", "")])

    assert await employees(bench.client(), "GE_1", "GE_3", "GE_2") == []
    assert bench.wire.last["success"] is True


async def test_refusal_may_be_http_403(bench: "Bench") -> None:
    """The status of a refusal is not published; with 403 it is the same error."""
    settings = ZhezhengdingSettings.model_validate({**dict(bench.settings), "sandbox": {"refusal_status": 403}})
    bench.wire.app = build_sandbox(settings, bench.world)
    request = bench.request(bench.client(appsecret="another"), "POST", EMPLOYEES, {"tenantId": 100001})

    assert (await bench.http.send(request)).status_code == 403
    with pytest.raises(RefusedSignatureError):
        await employees(bench.client(appsecret="another"), "GE_1")


async def test_nonces_are_forgotten_with_their_window() -> None:
    """A nonce is remembered as long as its timestamp could be taken, and no longer."""
    now = [1_741_053_784.0]
    settings = ZhezhengdingSettings().with_sandbox()
    verifier = Verifier(settings)

    def call(nonce: str) -> Refusal | None:
        stamp = datetime.fromtimestamp(now[0], CHINA).isoformat()
        text = string_to_sign("POST", stamp, nonce, "/p", pairs_from({}), order="ci")
        headers = {
            "apiKey": settings.appkey,
            "X-Hmac-Auth-Timestamp": stamp,
            "X-Hmac-Auth-Version": "1.0",
            "X-Hmac-Auth-Nonce": nonce,
            "X-Hmac-Auth-Signature": signature(text, settings.appsecret.get_secret_value()),
        }
        return verifier.refusal(Asked("POST", "/p", headers, []), now[0])

    assert call("1") is None
    now[0] += 899
    refused = call("1")
    assert refused is not None
    assert refused.code == NONCE_USED
    now[0] += 2
    assert call("1") is None


def signed(bench: "Bench", lines: list[str], **headers: str) -> httpx.Request:
    """A request of which the given lines were signed, by hand; ``lines`` begin with the parameters' string."""
    request = bench.request(bench.client(), "POST", EMPLOYEES, {"employeeCodes": ["GE 1"], "tenantId": 100001})
    timestamp = headers.get("X-Hmac-Auth-Timestamp", request.headers["X-Hmac-Auth-Timestamp"])
    text = "\n".join(["POST", timestamp, request.headers["X-Hmac-Auth-Nonce"], EMPLOYEES, *lines])
    secret = bench.settings.appsecret.get_secret_value()
    for name, value in ({"X-Hmac-Auth-Signature": signature(text, secret)} | headers).items():
        request.headers[name] = value
    return request


LENIENT: dict[str, tuple[list[str], dict[str, str]]] = {
    "values encoded with plus": (["employeeCodes=GE+1&tenantId=100001"], {}),
    "values encoded with percent": (["employeeCodes=GE%201&tenantId=100001"], {}),
    "a line feed at the end": (["employeeCodes=GE 1&tenantId=100001", ""], {}),
    "no zone": (
        ["employeeCodes=GE 1&tenantId=100001"],
        {"X-Hmac-Auth-Timestamp": datetime.now(CHINA).replace(tzinfo=None).isoformat()},
    ),
}


@pytest.mark.parametrize("case", LENIENT)
async def test_only_a_lenient_sandbox_takes_other_clients(bench: "Bench", case: str) -> None:
    """E1: strict refuses encoded values, a line feed too many and a time without zone; lenient takes them."""
    lines, headers = LENIENT[case]

    strict = (await bench.http.send(signed(bench, lines, **headers))).json()
    bench.set_up(sandbox={"mode": "lenient"})
    lenient = (await bench.http.send(signed(bench, lines, **headers))).json()

    assert (strict["success"], strict["Code"] in {WRONG_SIGNATURE, WRONG_CLOCK}) == (False, True)
    assert lenient["content"]["data"] == []


@pytest.mark.parametrize("order", ["ci", "codepoint"])
async def test_a_lenient_sandbox_takes_either_key_order(bench: "Bench", order: str) -> None:
    """E1, A2.1: the SDK ignores case, other clients sort by code point."""
    bench.set_up(sandbox={"mode": "lenient"})
    params = {"employeeCodes": ["GE_1"], "tenantId": 100001, "subject": "a", "subTypeCode": "b"}

    assert await bench.client(sign={"key_order": order}).call("POST", EMPLOYEES, params, ANYTHING, soon()) == []


async def test_a_lenient_sandbox_still_verifies(bench: "Bench") -> None:
    """Another secret, an old time and a used nonce are refused by it too."""
    bench.set_up(sandbox={"mode": "lenient"})
    request = signed(bench, ["employeeCodes=GE 1&tenantId=100001"])

    other = (await bench.http.send(signed(bench, ["employeeCodes=GE 2&tenantId=100001"]))).json()
    first, again = (await bench.http.send(request)).json(), (await bench.http.send(request)).json()
    with pytest.raises(RefusedSignatureError):
        await employees(bench.client(lambda: datetime.now(CHINA) - timedelta(hours=1), sign={}), "GE_1")

    assert (other["Code"], first["success"], again["Code"]) == (WRONG_SIGNATURE, True, NONCE_USED)


async def test_both_key_pairs_may_sign(bench: "Bench") -> None:
    """A1: the pair of QR login is an application's too; its nonces are its own."""
    params = {"employeeCodes": ["GE_1"], "tenantId": 100001}

    assert await bench.scanning().call("POST", EMPLOYEES, params, ANYTHING, soon()) == []
