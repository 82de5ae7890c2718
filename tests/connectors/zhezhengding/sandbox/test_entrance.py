"""Tokens, login codes and the bridge's ticket as the platform gives them (wire-formats A4, F 3 and 5)."""

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.sandbox.verifying import SYSTEM_FAILED, WRONG_SECRET

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

IN_APP, SCANNED = "/rpc/oauth2/dingtalk_app_user.json", "/rpc/oauth2/getuserinfo_bycode.json"
BRIDGE = "/get_jsapi_token.json"


async def token(bench: "Bench") -> str:
    """The application's token."""
    return str((await bench.asked("/gettoken.json", {}, "GET"))["content"]["data"]["accessToken"])


async def scanning_token(bench: "Bench") -> str:
    """The token of QR login's own key pair."""
    request = bench.request(bench.scanning(), "GET", "/gettoken.json", {})
    return str((await bench.http.send(request)).json()["content"]["data"]["accessToken"])


def code_of(answered: dict[str, Any]) -> str:
    """Why a call failed."""
    return str(answered["content"]["bizErrorCode"])


async def test_the_same_token_while_it_holds(bench: "Bench") -> None:
    """A4.1: asked again the platform gives the same token; by POST the lifetime is a string."""
    first = (await bench.asked("/gettoken.json", {}, "GET"))["content"]["data"]
    second = (await bench.asked("/gettoken.json", {}, "POST"))["content"]["data"]

    assert first["accessToken"] == second["accessToken"]
    assert (first["expiresIn"], second["expiresIn"]) == (7200, "7200")


async def test_asking_again_extends_the_token(bench: "Bench") -> None:
    """A4.1: a token that is asked for in time goes on; one that is not ends, and another is given out."""
    now = [1_800_000_000.0]
    bench.settings = bench.settings.model_copy(
        update={"sandbox": bench.settings.sandbox.model_copy(update={"max_clock_skew_s": 10**10})}
    )
    bench.wire.app = build_sandbox(bench.settings, bench.world, clock=lambda: now[0])
    first = await token(bench)

    now[0] += 7000
    extended = await token(bench)
    now[0] += 7000
    still = code_of(await bench.asked(IN_APP, {"access_token": first, "auth_code": "x"}))
    now[0] += 201
    ended = code_of(await bench.asked(IN_APP, {"access_token": first, "auth_code": "x"}))
    other = await token(bench)

    assert (extended, still, ended) == (first, "240111", "240133")
    assert other != first


async def test_each_key_pair_has_its_own_token(bench: "Bench") -> None:
    """A4.3: the QR call takes the token of its own pair only, and the in-app call that of the application."""
    main, qr = await token(bench), await scanning_token(bench)
    code, scanned = await bench.code("official-0001"), await bench.code("official-0001", "qr")

    assert main != qr
    assert code_of(await bench.asked(SCANNED, {"access_token": main, "code": scanned})) == "240133"
    assert code_of(await bench.asked(IN_APP, {"access_token": qr, "auth_code": code})) == "240133"
    assert (await bench.asked(SCANNED, {"access_token": qr, "code": scanned}))["content"]["success"] is True
    assert (await bench.asked(IN_APP, {"access_token": main, "auth_code": code}))["content"]["success"] is True


async def test_the_fields_of_both_login_answers(bench: "Bench") -> None:
    """A4.2, A4.3: the same but for ``openid`` and ``referId``; ids are integers; neither mobile nor roles."""
    person = bench.world.officials[0]
    assert person.work is not None
    in_app = (
        await bench.asked(IN_APP, {"access_token": await token(bench), "auth_code": await bench.code(person.id)})
    )["content"]["data"]
    scanned = (
        await bench.asked(
            SCANNED, {"access_token": await scanning_token(bench), "code": await bench.code(person.id, "qr")}
        )
    )["content"]["data"]

    assert set(in_app) - set(scanned) == {"openid", "referId"}
    assert set(in_app) == {
        *("accountId", "account", "lastName", "nickNameCn", "employeeCode", "realmId", "realmName", "tenantId"),
        *("tenantName", "tenantUserId", "clientId", "openid", "namespace", "avatar", "referId"),
    }
    assert (in_app["accountId"], in_app["tenantId"]) == (person.work.account_id, 100001)
    assert in_app["tenantUserId"] == f"100001${person.work.account_id}"
    assert in_app["account"] == scanned["account"] == f"demo-{person.work.account_id}"  # as in the address book
    assert person.mobile not in str(in_app)


async def test_the_bridges_ticket_runs_down(bench: "Bench") -> None:
    """A4.6: either name of the parameter; seconds count down and are not extended; garbage is 250027, not 240133."""
    now = [1_800_000_000.0]
    bench.settings = bench.settings.model_copy(
        update={"sandbox": bench.settings.sandbox.model_copy(update={"max_clock_skew_s": 10**10})}
    )
    bench.wire.app = build_sandbox(bench.settings, bench.world, clock=lambda: now[0])
    app = await token(bench)

    first = (await bench.asked(BRIDGE, {"accessToken": app}))["content"]["data"]
    now[0] += 100
    second = (await bench.asked(BRIDGE, {"access_token": app}))["content"]["data"]

    assert first["accessToken"].startswith("jsApi_")
    assert second == first | {"expiresIn": 7100}
    for params in ({"accessToken": "garbage"}, {}):
        assert code_of(await bench.asked(BRIDGE, params)) == "250027"


async def test_a_garbage_token_is_told_before_the_code(bench: "Bench") -> None:
    """F5: 240133 first; the code stays usable; then 240111 for a used one."""
    code, app = await bench.code("official-0001"), await token(bench)

    assert code_of(await bench.asked(IN_APP, {"access_token": "x", "auth_code": code})) == "240133"
    assert (await bench.asked(IN_APP, {"access_token": app, "auth_code": code}))["content"]["success"] is True
    assert code_of(await bench.asked(IN_APP, {"access_token": app, "auth_code": code})) == "240111"


async def test_a_key_pairs_parameters_must_be_its_own(bench: "Bench") -> None:
    """F3: right headers with another pair's ``appsecret`` parameter are refused as E3."""
    wrong = {"appkey": bench.settings.appkey, "appsecret": bench.settings.qr.appsecret.get_secret_value()}
    right = {"appkey": bench.settings.qr.appkey, "appsecret": bench.settings.qr.appsecret.get_secret_value()}

    refused = await bench.asked("/gettoken.json", wrong, "GET")
    taken = (await bench.http.send(bench.request(bench.scanning(), "GET", "/gettoken.json", right))).json()

    assert (refused["success"], refused["Code"]) == (False, WRONG_SECRET)
    assert taken["success"] is True


async def test_people_of_the_sandbox_have_a_work_account(bench: "Bench") -> None:
    """F1: tickets are for those who are on the work app, the super-administrator too; others are unknown."""
    base = bench.settings.base_url
    persons = (await bench.http.get(f"{base}/sandbox/persons")).json()
    citizen = await bench.http.get(f"{base}/sandbox/ticket", params={"person": "citizen-0001"})
    other_form = await bench.http.get(f"{base}/sandbox/ticket", params={"person": "official-0001", "form": "uc"})

    *others, administrator = persons
    assert len(others) == sum(person.work is not None for person in bench.world.persons)
    assert all(person["employeeCode"].startswith("GE_") for person in others)
    assert administrator == {"id": "administrator-0001", "name": "超级管理员", "roles": []}
    assert (citizen.status_code, other_form.status_code) == (404, 400)


@pytest.mark.parametrize("status", [200, 403])
async def test_the_platforms_own_failure(bench: "Bench", status: int) -> None:
    """Fault ``failure_envelope``: E3 of its gateway, a code of no proof, with either status."""
    bench.set_up(sandbox={"refusal_status": status})
    await bench.http.put(f"{bench.settings.base_url}/sandbox/faults", json={"fault": "failure_envelope"})

    answer = await bench.http.post(bench.settings.base_url + BRIDGE)

    assert (answer.status_code, answer.json()["success"], answer.json()["Code"]) == (status, False, SYSTEM_FAILED)


HOSTILE = (b"", b"\xff\xfe=%ff&a=%", b"{" * 10_000, b"pageNo=1e999&pageSize=" + b"9" * 5000, b"=&=&&=")


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "path", [IN_APP, BRIDGE, "/mozi/organization/pageSubOrganizationCodes", "/oauth2/auth.htm", "/no/such/path"]
)
async def test_no_input_breaks_it(bench: "Bench", path: str, body: bytes) -> None:
    """Never a 5xx, whatever comes; signed over what came neither."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    signed = bench.request(bench.client(), "POST", path, dict(parse_qsl(body.decode("utf-8", "replace"))))

    for headers in (form, dict(signed.headers) | {"content-length": str(len(body))}):
        answer = await bench.http.post(bench.settings.base_url + path, content=body, headers=headers)
        assert answer.status_code < 500


async def test_who_is_listed_can_be_found_by_mobile(bench: "Bench") -> None:
    """F 1 and A5: the numbers in ``/sandbox/persons`` are those of ``get_by_mobile``; an administrator has none."""
    listed = (await bench.http.get("http://zzd/sandbox/persons")).json()
    numbers = {row["employeeCode"]: row["mobile"] for row in listed if "employeeCode" in row}
    code = next(iter(numbers))

    found = await bench.asked(
        "/mozi/employee/get_by_mobile",
        {"tenantId": bench.settings.tenant_id, "mobile": numbers[code], "areaCode": "86", "namespace": "local"},
    )

    assert found["content"]["data"]["employeeCode"] == code
    assert [set(row) for row in listed if "employeeCode" not in row] == [{"id", "name", "roles"}]
