"""The client against the sandbox: its token, its codes, what it says about itself."""

import asyncio
from typing import TYPE_CHECKING

import pytest

from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, SignInNeededError, UnexpectedAnswerError
from connectors.zhezhengding.sandbox.app import build_sandbox

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

LOGIN = "/rpc/oauth2/dingtalk_app_user.json"


def soon() -> Deadline:
    """Time enough."""
    return Deadline.after(20)


async def test_code_becomes_an_account(bench: "Bench") -> None:
    """A code from inside the app tells who handed it in."""
    person = bench.world.officials[0]
    assert person.work is not None

    user = await bench.client().fetch_app_user(await bench.code(person.id), soon())

    assert (user.accountId, user.employeeCode) == (person.work.account_id, person.work.employee_code)
    assert (user.lastName, user.tenantId) == (person.name, bench.settings.tenant_id)


async def test_code_is_used_once(bench: "Bench") -> None:
    """The same code again, or an invented one, needs a new sign-in."""
    client, code = bench.client(), await bench.code("official-0001")
    await client.fetch_app_user(code, soon())

    for refused in (code, "invented", ""):
        with pytest.raises(SignInNeededError):
            await client.fetch_app_user(refused, soon())


async def test_twenty_waiters_cause_one_token(bench: "Bench") -> None:
    """Everybody who needs the token at once waits for a single call."""
    client = bench.client()
    codes = [await bench.code("official-0002") for _ in range(20)]

    users = await asyncio.gather(*(client.fetch_app_user(code, soon()) for code in codes))

    assert len(users) == 20
    assert bench.sandbox.calls == {"gettoken": 1, "dingtalk_app_user": 20}


async def test_ended_token_is_renewed_once_and_the_code_still_counts(bench: "Bench") -> None:
    """Twenty people whose token the platform forgot get in after one renewal, with the same codes."""
    client = bench.client()
    await client.fetch_app_user(await bench.code("official-0001"), soon())
    bench.wire.app = restarted = build_sandbox(bench.settings, bench.world)
    codes = [await bench.code("official-0001") for _ in range(20)]

    await asyncio.gather(*(client.fetch_app_user(code, soon()) for code in codes))

    assert restarted.calls == {"gettoken": 1, "dingtalk_app_user": 40}


async def test_token_that_is_never_taken_is_tried_twice(bench: "Bench") -> None:
    """A platform that refuses even a fresh token is ill; it is not asked for ever."""
    bench.wire.elsewhere["/gettoken.json"] = build_sandbox(bench.settings, bench.world)

    with pytest.raises(UnexpectedAnswerError) as caught:
        await bench.client().fetch_app_user(await bench.code("official-0001"), soon())

    assert (caught.value.upstream_code, caught.value.retryable) == ("240133", True)
    assert bench.sandbox.calls == {"dingtalk_app_user": 2}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("send_params", [True, False])
async def test_token_is_had_either_way(bench: "Bench", method: str, send_params: bool) -> None:  # noqa: FBT001 - a case
    """GET or POST, with parameters or by the headers alone; the lifetime is a number or a string."""
    client = bench.client(gettoken={"method": method, "send_params": send_params})

    await client.fetch_app_user(await bench.code("official-0001"), soon())

    sent = bench.wire.requests[-2]
    secret = bench.settings.appsecret.get_secret_value()
    assert sent.method == method
    assert (secret in str(sent.url)) == (send_params and method == "GET")
    assert (secret.encode() in sent.content) == (send_params and method == "POST")


@pytest.mark.parametrize("sign", [{"algorithm": "md5"}, {"timestamp_format": "utc"}, {"timestamp_format": "seconds"}])
async def test_every_way_to_sign_is_taken(bench: "Bench", sign: dict[str, str]) -> None:
    """The variants seen in working clients are signed so that the platform takes them."""
    assert await bench.client(sign=sign).fetch_employees(["GE_nobody"], soon()) == []


async def test_ip_and_mac_are_sent_as_set(bench: "Bench") -> None:
    """Address headers come from the settings, never from the machine."""
    given = {"ip": "192.0.2.10", "mac": "02-00-00-00-00-01"}

    await bench.client(sign=given).fetch_organizations(["GO_root"], soon())
    await bench.client(sign=given | {"send_ip_mac": False}).fetch_organizations(["GO_root"], soon())
    await bench.client().fetch_organizations(["GO_root"], soon())

    sent = [(r.headers.get("x-hmac-auth-ip"), r.headers.get("x-hmac-auth-mac")) for r in bench.wire.requests]
    assert sent == [("192.0.2.10", "02-00-00-00-00-01"), (None, None), (None, None)]


async def test_path_in_front_is_not_signed(bench: "Bench") -> None:
    """A way through a proxy that adds a path keeps the signature of the documented path."""
    request = bench.client(base_url="http://proxy.example/zzd/")._request("POST", "/mozi/x", {"tenantId": 1})

    assert str(request.url) == "http://proxy.example/zzd/mozi/x"


async def test_without_credentials_nothing_is_called(bench: "Bench") -> None:
    """A platform that is not connected is unreachable, and no call leaves the house."""
    client = bench.client(appkey="")

    with pytest.raises(NotConfiguredError):
        await client.fetch_employees(["GE_1"], soon())
    with pytest.raises(NotConfiguredError):
        await client.fetch_app_user("code", soon())
    assert bench.wire.requests == []
