"""The data-sharing gateway as wire-formats B7 and F10 say it, asked with requests signed by hand."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import NOW, over, share_query

BY_KEY, BY_SECRET = "/gateway/app/refreshTokenByKey.htm", "/gateway/app/refreshTokenBySec.htm"
DATA = "/gateway/api/001003001/dataSharing/"
APP_SECRET = "demoAppSecret0001"


class Clock:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The platform's clock."""
    return Clock()


@pytest.fixture
def made(world: World, clock: Clock) -> Callable[..., SandboxApp]:
    """Makes the platform with some settings of its sandbox."""

    def build(**sandbox: Any) -> SandboxApp:
        settings = ZhelibanSettings.model_validate({"sandbox": sandbox}).with_sandbox()
        return build_sandbox(settings, world, clock=clock)

    return build


async def secrets(client: httpx.AsyncClient, path: str = BY_KEY, secret: str = APP_SECRET) -> dict[str, Any]:
    """The secrets of a renewal."""
    answer = (await client.get(f"{path}?{share_query(secret)}")).json()
    assert answer["code"] == "00"
    datas: dict[str, Any] = answer["datas"]
    return datas


def digest(world: World, at: int = 0) -> str:
    """By which the sandbox's interfaces know a citizen."""
    return hmac.new(APP_SECRET.encode(), world.citizens[at].id_number.encode(), hashlib.sha256).hexdigest()


async def test_the_published_vectors_are_taken(made: Callable[..., SandboxApp]) -> None:
    """B7: step 1 with the computed vector, whenever; the time is signed, not compared."""
    query = "appKey=demoAppKey0001&sign=758c4d78ed5b2044804cc0964480d476&requestTime=1741053784567"
    async with over(made()) as client:
        answer = (await client.get(f"{BY_KEY}?{query}")).json()

    assert answer.keys() == {"code", "msg", "datas", "dataCount", "requestId"}
    assert answer["datas"].keys() == {
        *("refreshSecret", "refreshSecretEndTime", "requestSecret", "requestSecretEndTime"),
    }
    assert (answer["datas"]["refreshSecretEndTime"], answer["datas"]["requestSecretEndTime"]) == (
        int((NOW + 48 * 3600) * 1000),
        int((NOW + 900) * 1000),
    )


async def test_data_are_asked_for_with_the_request_secret(made: Callable[..., SandboxApp], world: World) -> None:
    """B7: steps 1 and 3; credentials in the query or in headers, by GET or POST."""
    async with over(made()) as client:
        secret = (await secrets(client))["requestSecret"]
        mine = digest(world)
        query = share_query(secret)
        headers = dict(pair.split("=") for pair in query.split("&"))
        address = f"{DATA}residentBasic.htm"

        answers = [
            await client.get(f"{address}?{query}&idDigest={mine}"),
            await client.post(f"{address}?{query}", data={"idDigest": mine}),
            await client.post(address, data=headers | {"idDigest": mine}),
            await client.get(address, params={"idDigest": mine}, headers=headers),
        ]

    for answer in answers:
        assert (answer.json()["code"], answer.json()["dataCount"]) == ("00", 1)
        assert answer.json()["datas"][0]["XM"] == world.citizens[0].name


async def test_a_company_by_its_credit_code(made: Callable[..., SandboxApp]) -> None:
    """B7: the second interface; an unknown key has no rows."""
    async with over(made()) as client:
        query = share_query((await secrets(client))["requestSecret"])
        known = (await client.get(f"{DATA}companyByCreditCode.htm?{query}&creditCode=00000000DEMO000000")).json()
        unknown = (await client.get(f"{DATA}companyByCreditCode.htm?{query}&creditCode=nobody")).json()

    assert known["datas"][0]["TYSHXYDM"] == "00000000DEMO000000"
    assert (unknown["code"], unknown["datas"], unknown["dataCount"]) == ("00", [], 0)


async def test_datas_may_be_a_json_string(made: Callable[..., SandboxApp], world: World) -> None:
    """B7, E3: one interface answers its rows as a text to be read again."""
    async with over(made()) as client:
        query = share_query((await secrets(client))["requestSecret"])
        answers = [
            (await client.get(f"{DATA}elderCareSubsidies.htm?{query}&idDigest={digest(world, at)}")).json()
            for at in range(6)
        ]

    assert all(isinstance(answer["datas"], str) for answer in answers)
    counts = [len(json.loads(answer["datas"])) for answer in answers]
    assert counts == [answer["dataCount"] for answer in answers]
    assert set(counts) == {0, 6}


@pytest.mark.parametrize(("interface", "code"), [("residentBasic", "40"), ("nothing", "44"), ("../x", "44")])
async def test_our_own_codes_for_what_is_not_published(
    made: Callable[..., SandboxApp], interface: str, code: str
) -> None:
    """B7: a missing parameter and an unknown interface have codes of the sandbox's own."""
    async with over(made()) as client:
        query = share_query((await secrets(client))["requestSecret"])
        answer = await client.get(f"{DATA}{interface.replace('/', '%2F')}.htm?{query}")

    assert answer.status_code == 404 or answer.json()["code"] == code


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        (BY_KEY, share_query("other"), "14"),
        (BY_KEY, share_query(APP_SECRET, key="other"), "14"),
        (BY_KEY, "", "14"),
        (BY_KEY, share_query(APP_SECRET, requestTime="yesterday"), "14"),
        (BY_KEY, share_query(APP_SECRET, sign="758C4D78"), "14"),
        (BY_SECRET, share_query("other"), "14"),
        (DATA + "residentBasic.htm", share_query("other"), "14"),
        (DATA + "residentBasic.htm", share_query(APP_SECRET), "14"),
    ],
    ids=["secret", "key", "nothing", "time", "sign", "refresh secret", "request secret", "application's secret"],
)
async def test_what_is_not_signed_is_refused(made: Callable[..., SandboxApp], path: str, query: str, code: str) -> None:
    """B7: code 14, HTTP 200."""
    async with over(made()) as client:
        await secrets(client)
        answer = await client.get(f"{path}?{query}")

    assert (answer.status_code, answer.json()["code"], answer.json()["datas"]) == (200, code, None)


async def test_a_renewal_ends_the_older_request_secret(made: Callable[..., SandboxApp], world: World) -> None:
    """F10: code 11 for the older one, by either step; the refresh secret of step 1 stays good for step 2."""
    async with over(made()) as client:
        first = await secrets(client)
        second = await secrets(client, BY_SECRET, first["refreshSecret"])
        third = await secrets(client, BY_SECRET, first["refreshSecret"])
        address = f"{DATA}residentBasic.htm?idDigest={digest(world)}&"

        codes = [
            (await client.get(address + share_query(each["requestSecret"]))).json()["code"]
            for each in (first, second, third)
        ]

    assert codes == ["11", "11", "00"]
    assert second["refreshSecret"] == first["refreshSecret"]


async def test_secrets_end(made: Callable[..., SandboxApp], clock: Clock, world: World) -> None:
    """B7: about 15 minutes for the request secret, 48 hours for the refresh secret: code 11 afterwards."""
    async with over(made()) as client:
        held = await secrets(client)
        address = f"{DATA}residentBasic.htm?idDigest={digest(world)}&{share_query(held['requestSecret'])}"
        clock.now += 899
        well = await client.get(address)
        clock.now += 1
        ended = await client.get(address)
        clock.now += 48 * 3600
        refresh_ended = await client.get(f"{BY_SECRET}?{share_query(held['refreshSecret'])}")

    assert [each.json()["code"] for each in (well, ended, refresh_ended)] == ["00", "11", "11"]


async def test_before_any_renewal_there_is_no_secret(made: Callable[..., SandboxApp]) -> None:
    """B7: nothing is open to an empty secret."""
    async with over(made()) as client:
        data = await client.get(f"{DATA}residentBasic.htm?{share_query('')}")
        renewal = await client.get(f"{BY_SECRET}?{share_query('')}")

    assert [data.json()["code"], renewal.json()["code"]] == ["11", "11"]


async def test_over_quota_is_code_18(made: Callable[..., SandboxApp], world: World) -> None:
    """B7: a setting of the sandbox says how many calls there are."""
    async with over(made(share_quota=2)) as client:
        query = share_query((await secrets(client))["requestSecret"])
        address = f"{DATA}residentBasic.htm?{query}&idDigest={digest(world)}"
        codes = [(await client.get(address)).json()["code"] for _ in range(3)]

    assert codes == ["00", "00", "18"]


async def test_a_wrong_clock_is_told_and_shortens_nothing(made: Callable[..., SandboxApp], world: World) -> None:
    """F2: under the fault clock a secret's end is told by the wrong clock, and the secret holds as long as ever."""
    app = made()
    async with over(app) as client:
        before = await secrets(client)
        app.faults.put(Fault(FaultKind.CLOCK, ms=3_600_000))
        address = f"{DATA}residentBasic.htm?{share_query(before['requestSecret'])}&idDigest={digest(world)}"
        held = (await client.get(address)).json()
        after = await secrets(client)

    assert held["code"] == "00"
    assert after["requestSecretEndTime"] - before["requestSecretEndTime"] == 3_600_000


async def test_faults_of_this_interface(made: Callable[..., SandboxApp], world: World) -> None:
    """E5, F2: expired_token is code 11 until it ends; failure_envelope a code nobody published."""
    app = made()
    async with over(app) as client:
        query = share_query((await secrets(client))["requestSecret"])
        codes = []
        for kind in (FaultKind.EXPIRED_TOKEN, FaultKind.FAILURE_ENVELOPE):
            app.faults.put(Fault(kind))
            answer = await client.get(f"{DATA}residentBasic.htm?{query}&idDigest={digest(world)}")
            codes.append(answer.json()["code"])
            assert answer.status_code == 200

    assert codes == ["11", "99"]
