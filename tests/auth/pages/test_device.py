"""``/device``, and what the device hears meanwhile at the token endpoint."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from auth.client import GrantType
from auth.factor.policy import METHODS
from auth.store.tables import AuditEntryRow
from connectors.viewer import Role, Scope
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import ZHOU_WORK

ALLOW, DENY, GO_ON = "允许", "拒绝", "继续"
GRANT = GrantType.DEVICE_CODE.value


@dataclass
class Device:
    """A device, a public client of ours."""

    office: Office
    client_id: str

    async def asks(self, scope: str = "openid graph:read", **changes: str) -> httpx.Response:
        """Ask for codes."""
        asked = {"client_id": self.client_id, "scope": scope} | changes
        return await self.office.client.post("/oauth/device", data=asked)

    async def codes(self, scope: str = "openid graph:read") -> dict[str, Any]:
        """The codes it got."""
        answer = await self.asks(scope)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def polls(self, codes: dict[str, Any], **changes: str) -> httpx.Response:
        """Ask for its tokens."""
        asked = {"grant_type": GRANT, "client_id": self.client_id, "device_code": codes["device_code"]}
        return await self.office.client.post("/oauth/token", data=asked | changes)


@pytest.fixture
async def device(office: Office) -> Device:
    """A device that may ask for everything."""
    return Device(office, await _registered(office))


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser a citizen is signed in with."""
    made = Browser(office)
    await made.sign_in()
    return made


async def _registered(office: Office, **changes: Any) -> str:
    client_id, _ = await office.register(grants=[GRANT], ticket_forms=[], auth_method="none", **changes)
    return client_id


async def test_a_device_is_let_in(device: Device, browser: Browser) -> None:
    """It shows a code, somebody types it in and agrees, it gets tokens of that person, once."""
    codes = await device.codes()

    pending = await device.polls(codes)
    typed = await browser.press(await browser.get("/device"), GO_ON, user_code=codes["user_code"])
    question = await browser.get(typed.headers["location"])
    done = Page(await browser.press(question, ALLOW))
    tokens = await device.polls(codes)
    again = await device.polls(codes)

    assert pending.json()["error"] == "authorization_pending"
    assert codes["user_code"] in question.text
    assert "front end" in question.text
    assert done.status == 200
    assert tokens.status_code == 200, tokens.text
    assert set(tokens.json()["scope"].split()) == {"openid", "graph:read"}
    viewer = await device.office.authority.viewer_of(tokens.json()["access_token"])
    session = await browser.office.authority.sessions.of(browser.client.cookies["tongxin_session"])
    assert session is not None
    assert viewer.person_id == session.person_id
    assert again.json()["error"] == "invalid_grant"


async def test_the_complete_address_leads_to_the_question_through_the_sign_in(device: Device, office: Office) -> None:
    """Who is not signed in comes back to the same question afterwards."""
    codes = await device.codes()
    path = codes["verification_uri_complete"].removeprefix("http://127.0.0.1:8000")

    stranger = Browser(office)
    answer = await stranger.client.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?to=%2Fdevice%3Fuser_code%3D{codes['user_code']}"


async def test_a_device_that_is_sent_away_hears_it(device: Device, browser: Browser) -> None:
    """And gets nothing."""
    codes = await device.codes()

    await browser.press(await browser.get(f"/device?user_code={codes['user_code']}"), DENY)

    assert (await device.polls(codes)).json()["error"] == "access_denied"


async def test_a_person_may_leave_scopes_out(device: Device, browser: Browser) -> None:
    """The device gets what was ticked."""
    codes = await device.codes("openid graph:read question:write")
    question = await browser.get(f"/device?user_code={codes['user_code']}")

    await browser.untick(question, ALLOW, "question:write")

    tokens = await device.polls(codes)
    assert set(tokens.json()["scope"].split()) == {"openid", "graph:read"}


async def test_a_device_gets_nothing_a_person_may_not_do(device: Device, browser: Browser) -> None:
    """A citizen is not asked for what only members have."""
    codes = await device.codes("openid duty:write")

    question = await browser.get(f"/device?user_code={codes['user_code']}")
    await browser.press(question, ALLOW, scope="duty:write")

    assert "履职" not in question.text
    assert (await device.polls(codes)).json().get("scope") in {"openid", None}


async def test_guessing_codes_locks(device: Device, browser: Browser) -> None:
    """After five codes nobody waits for, not even the right one is taken."""
    codes = await device.codes()

    guesses = [await browser.get(f"/device?user_code=BBBB-BBB{letter}") for letter in "BCDFG"]
    right = await browser.get(f"/device?user_code={codes['user_code']}")

    assert [guess.status for guess in guesses] == [422] * 5
    assert right.status == 429
    assert codes["user_code"] not in right.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_makes_nobody_guess(device: Device, browser: Browser, site: str) -> None:
    """A code in a link from elsewhere stands in the form, and is tried once its owner sends it: nobody is locked."""
    codes = await device.codes()
    led = {"Sec-Fetch-Site": site}

    guesses = [await browser.get(f"/device?user_code=BBBB-BBB{letter}", **led) for letter in "BCDFGH"]
    offered = await browser.get(f"/device?user_code={codes['user_code']}", **led)
    question = await browser.get((await browser.press(offered, GO_ON)).headers["location"])

    assert {guess.status for guess in guesses} == {200}
    assert ALLOW in question.text


async def test_being_locked_is_audited(device: Device, browser: Browser) -> None:
    """Once, when it happens."""
    await device.codes()
    for letter in "BCDFGH":
        await browser.get(f"/device?user_code=BBBB-BBB{letter}")
    await browser.office.authority.audit.flush()

    acts = await browser.office.database.read(lambda session: session.scalars(select(AuditEntryRow.act)))
    assert list(acts).count("LOCKED_OUT") == 1


async def test_an_answer_from_elsewhere_counts_for_nothing(device: Device, browser: Browser) -> None:
    """Neither without our form's token nor from another site."""
    codes = await device.codes()
    question = await browser.get(f"/device?user_code={codes['user_code']}")
    form = question.form(ALLOW)

    forged = await browser.send("/device", [("user_code", codes["user_code"]), ("answer", "yes")])
    foreign = await browser.send(
        "/device", [*form.fields, ("answer", "yes")], Origin="https://evil.example", **{"Sec-Fetch-Site": "cross-site"}
    )

    assert [forged.status_code, foreign.status_code] == [403, 403]
    assert (await device.polls(codes)).json()["error"] == "authorization_pending"


async def test_ops_need_their_second_factor(device: Device, office: Office) -> None:
    """What takes a second factor is not given without it."""
    await office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    browser = Browser(office)
    await browser.sign_in(ZHOU_WORK)
    codes = await device.codes("openid ops:read")
    question = await browser.get(f"/device?user_code={codes['user_code']}")

    answer = await browser.press(question, ALLOW)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login/factor?to=%2Fdevice")
    assert (await device.polls(codes)).json()["error"] == "authorization_pending"


async def test_a_factor_taken_off_meanwhile_gives_the_device_nothing(device: Device, office: Office) -> None:
    """The device was let in on its strength, and comes for its tokens when it is no longer proved."""
    await office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    browser = Browser(office)
    person_id = await browser.sign_in(ZHOU_WORK)
    authority, codes = office.authority, await device.codes("openid ops:read")
    (session,) = await authority.sessions.living(person_id)
    await office.database.write(lambda work: authority.sessions.proved_more_in(work, session.sid, METHODS))
    scopes = frozenset({Scope.OPENID, Scope.OPS_READ})
    assert await authority.devices.decide(codes["user_code"], session, scopes)

    await office.database.write(lambda work: authority.sessions.proved_less_in(work, person_id, METHODS))

    assert (await device.polls(codes)).json()["error"] == "access_denied"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "everything"}, "invalid_scope"),
        ({"client_id": "c_unknown"}, "invalid_client"),
        ({"client_id": ""}, "invalid_client"),
        ({"client_secret": "guessed"}, "invalid_client"),
    ],
)
async def test_what_a_device_may_not_ask_for(device: Device, changes: dict[str, str], error: str) -> None:
    """Each is refused with OAuth's own code."""
    assert (await device.asks(**changes)).json()["error"] == error


async def test_a_client_without_the_grant_gets_no_code(office: Office) -> None:
    """The grant has to be registered."""
    client = await office.register_partner(Scope.OPINION_READ)

    answer = await office.client.post("/oauth/device", data={"scope": "opinion:read"}, auth=client)

    assert answer.json()["error"] == "unauthorized_client"


async def test_another_client_cannot_redeem(device: Device, office: Office, browser: Browser) -> None:
    """A device code is good for the client it was given to."""
    codes = await device.codes()
    await browser.press(await browser.get(f"/device?user_code={codes['user_code']}"), ALLOW)

    stolen = await device.polls(codes, client_id=await _registered(office))

    assert stolen.json()["error"] == "invalid_grant"
    assert (await device.polls(codes)).status_code == 200


async def test_polling_too_fast_is_told(device: Device) -> None:
    """With the code that says what to do."""
    codes = await device.codes()

    answers = [(await device.polls(codes)).json()["error"] for _ in range(2)]

    assert answers == ["authorization_pending", "slow_down"]
