"""The client against the sandbox: its token, its codes, what it says about itself."""

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from connectors.deadline import Deadline
from connectors.errors import (
    NotConfiguredError,
    OutcomeUnknownError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.sandbox.faults import Fault, FaultKind
from connectors.transport import Transport
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.payloads import AppUserPayload
from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.settings import NAME

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

LOGIN = "/rpc/oauth2/dingtalk_app_user.json"
READ = "/mozi/employee/listEmployeesByCodes"
TENANT = 100001
TOKEN_IN = "access_token"
USER = msgspec.json.Decoder(AppUserPayload, strict=False)
ANYTHING = msgspec.json.Decoder(Any)


def soon() -> Deadline:
    """Time enough."""
    return Deadline.after(20)


async def app_user(client: ZhezhengdingClient, code: str) -> AppUserPayload:
    """Hand a code in."""
    return await client.call("POST", LOGIN, {"auth_code": code}, USER, soon(), token_in=TOKEN_IN)


async def nobody(client: ZhezhengdingClient) -> object:
    """A read that finds nothing."""
    return await client.call("POST", READ, {"employeeCodes": ["GE_no"], "tenantId": TENANT}, ANYTHING, soon())


async def test_twenty_waiters_cause_one_token(bench: "Bench") -> None:
    """Everybody who needs the token at once waits for a single call."""
    client = bench.client()
    codes = [await bench.code("official-0002") for _ in range(20)]

    users = await asyncio.gather(*(app_user(client, code) for code in codes))

    assert len(users) == 20
    assert bench.sandbox.calls == {"gettoken": 1, "dingtalk_app_user": 20}


async def test_ended_token_is_renewed_once_and_the_code_still_counts(bench: "Bench") -> None:
    """Twenty people whose token the platform forgot get in after one renewal, with the same codes."""
    client = bench.client()
    await app_user(client, await bench.code("official-0001"))
    bench.wire.app = restarted = build_sandbox(bench.settings, bench.world)
    codes = [await bench.code("official-0001") for _ in range(20)]

    await asyncio.gather(*(app_user(client, code) for code in codes))

    assert restarted.calls == {"gettoken": 1, "dingtalk_app_user": 40}


async def test_token_that_is_never_taken_is_tried_twice(bench: "Bench") -> None:
    """A platform that refuses even a fresh token is ill; it is not asked for ever."""
    bench.wire.elsewhere["/gettoken.json"] = build_sandbox(bench.settings, bench.world)

    with pytest.raises(UnexpectedAnswerError) as caught:
        await app_user(bench.client(), await bench.code("official-0001"))

    assert (caught.value.upstream_code, caught.value.retryable) == ("240133", True)
    assert bench.sandbox.calls == {"dingtalk_app_user": 2}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("send_params", [True, False])
async def test_token_is_had_either_way(bench: "Bench", method: str, send_params: bool) -> None:  # noqa: FBT001 - a case
    """GET or POST, with parameters or by the headers alone; the lifetime is a number or a string."""
    client = bench.client(gettoken={"method": method, "send_params": send_params})

    await app_user(client, await bench.code("official-0001"))

    sent = bench.wire.requests[-2]
    secret = bench.settings.appsecret.get_secret_value()
    assert sent.method == method
    assert (secret in str(sent.url)) == (send_params and method == "GET")
    assert (secret.encode() in sent.content) == (send_params and method == "POST")


@pytest.mark.parametrize(
    "sign",
    [
        {"algorithm": "md5"},
        {"algorithm": "sm3"},
        {"timestamp_format": "utc"},
        {"timestamp_format": "seconds"},
        {"timestamp_format": "microseconds"},
    ],
)
async def test_every_way_to_sign_is_taken(bench: "Bench", sign: dict[str, str]) -> None:
    """A2.2: the variants seen in working clients are signed so that the platform takes them."""
    assert await nobody(bench.client(sign=sign)) == []


async def test_ip_and_mac_are_sent_as_set(bench: "Bench") -> None:
    """A2.2: address headers come from the settings, never from the machine."""
    given = {"ip": "192.0.2.10", "mac": "02-00-00-00-00-01"}

    await nobody(bench.client(sign=given))
    await nobody(bench.client(sign=given | {"send_ip_mac": False}))
    await nobody(bench.client())

    sent = [(r.headers.get("x-hmac-auth-ip"), r.headers.get("x-hmac-auth-mac")) for r in bench.wire.requests]
    assert sent == [("192.0.2.10", "02-00-00-00-00-01"), (None, None), (None, None)]


async def test_path_in_front_is_not_signed(bench: "Bench") -> None:
    """A way through a proxy that adds a path keeps the signature of the documented path."""
    request = bench.request(bench.client(base_url="http://proxy.example/zzd/"), "POST", "/mozi/x", {"tenantId": 1})

    assert str(request.url) == "http://proxy.example/zzd/mozi/x"


async def test_without_credentials_nothing_is_called(bench: "Bench") -> None:
    """A platform that is not connected is unreachable, and no call leaves the house."""
    client = bench.client(appkey="")

    with pytest.raises(NotConfiguredError):
        await nobody(client)
    with pytest.raises(NotConfiguredError):
        await app_user(client, "code")
    assert bench.wire.requests == []


async def test_a_clock_that_is_wrong_is_corrected(bench: "Bench") -> None:
    """F2: an hour's difference: the refused call is signed again by the platform's clock; later ones are right at once."""
    bench.sandbox.faults.put(Fault(FaultKind.CLOCK, ms=3_600_000))
    client = bench.client()

    assert await nobody(client) == []
    first = bench.sandbox.calls.total()
    assert await nobody(client) == []

    assert (first, bench.sandbox.calls.total()) == (2, 3)


async def test_calls_are_counted_under_their_names(bench: "Bench") -> None:
    """Each call is counted once, with its ending; a call that is made again counts as a retry."""
    transport = Transport(NAME, client=bench.http)
    client = ZhezhengdingClient(bench.settings, transport)
    await nobody(client)
    bench.sandbox.faults.put(Fault(FaultKind.EXPIRED_TOKEN, "dingtalk_app_user"))

    with pytest.raises(UnexpectedAnswerError):
        await app_user(client, "code")

    totals = transport.meter.totals
    assert (totals["listEmployeesByCodes"].calls, totals["gettoken"].calls) == (1, 2)
    assert (totals["dingtalk_app_user"].calls, totals["dingtalk_app_user"].retries) == (2, 1)


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.TRUNCATED, FaultKind.RESET])
async def test_a_write_without_an_answer_has_no_known_outcome(bench: "Bench", kind: FaultKind) -> None:
    """What was sent may have happened when the connection was cut, or the answer cannot be read."""
    bench.sandbox.faults.put(Fault(kind))

    with pytest.raises(OutcomeUnknownError):
        await bench.client().write(READ, {"tenantId": TENANT}, ANYTHING, soon())


async def test_a_write_that_is_too_slow_has_no_known_outcome(bench: "Bench") -> None:
    """The deadline passed after it was sent."""
    bench.sandbox.faults.put(Fault(FaultKind.HANG))

    with pytest.raises(OutcomeUnknownError):
        await bench.client().write(READ, {"tenantId": TENANT}, ANYTHING, Deadline.after(0.1))


async def test_a_write_that_was_refused_has_not_happened(bench: "Bench") -> None:
    """The platform's own refusals, of signature and of input, are known outcomes."""
    with pytest.raises(RejectedInputError):
        await bench.client().write(READ, {"tenantId": TENANT}, ANYTHING, soon())
    with pytest.raises(RefusedSignatureError):
        await bench.client(appsecret="another").write(READ, {"tenantId": TENANT}, ANYTHING, soon())


async def test_a_write_that_never_left_has_not_happened(bench: "Bench") -> None:
    """No connection was made at all: whoever asked may ask again."""
    async with httpx.AsyncClient(trust_env=False) as http:
        client = ZhezhengdingClient(
            bench.settings.model_copy(update={"base_url": "http://127.0.0.1:9"}), Transport(NAME, client=http)
        )
        with pytest.raises(UnreachableError):
            await client.write(READ, {"tenantId": TENANT}, ANYTHING, soon())


async def test_a_write_whose_token_ended_is_sent_again(bench: "Bench") -> None:
    """A token is looked at before anything is done, so that a refusal for its sake is no outcome."""
    client = bench.client()
    await client.token(soon())
    bench.set_up()
    code = await bench.code("official-0001")

    user = await client.write(LOGIN, {"auth_code": code}, USER, soon(), token_in=TOKEN_IN)

    assert user.accountId == account_of(bench, "official-0001")


def account_of(bench: "Bench", person: str) -> int:
    """A sandbox person's account."""
    return next(p.work.account_id for p in bench.world.officials if p.id == person and p.work)


async def test_no_time_left_for_a_token_is_no_unknown_outcome(bench: "Bench") -> None:
    """Where the token cannot be had in time the write itself was never sent."""
    bench.sandbox.faults.put(Fault(FaultKind.HANG, "gettoken"))

    with pytest.raises(TooSlowError):
        await bench.client().write(LOGIN, {"auth_code": "x"}, USER, Deadline.after(0.1), token_in=TOKEN_IN)


async def test_the_token_may_lack_its_lifetime(bench: "Bench") -> None:
    """A4.1: a token without ``expiresIn`` is used, for a short while."""
    bench.wire.answer = lambda body: body.replace(b'"expiresIn":7200,', b"")

    assert (await bench.client().token(soon())).startswith("app_")


async def test_errors_hold_no_secret(bench: "Bench") -> None:
    """Neither key, secret, token, host nor parameter stands in what goes to the log."""
    bench.sandbox.faults.put(Fault(FaultKind.HTTP500))

    with pytest.raises(PlatformError) as caught:
        await app_user(bench.client(), "secret-code")

    secrets = (bench.settings.appkey, bench.settings.appsecret.get_secret_value(), "127.0.0.1", "secret-code")
    assert not any(secret in f"{caught.value} {caught.value.detail}" for secret in secrets)
