"""The whole sign-on under the national suite, on a database of either kind."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from auth.factor.totp import code_at
from auth.pages.cookies import SESSION
from auth.resealing import reseal
from auth.settings import AuthSettings
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import AuditEntryRow, Base
from connectors.viewer import Scope
from tests.auth.authorization.front import SCOPES, Front, told
from tests.auth.conftest import EXCHANGE, SECRET, WORK_SCOPES, Office, serving
from tests.auth.pages.browsing import Browser
from tests.auth.platforms import CHEN_CITIZEN, LIN_CITIZEN, ZHOU_WORK
from tests.auth.sm2_holder import Sm2Holder

SEALED = re.compile(r"^[0-9a-f]{12}\.")
"""How everything begins that a vault sealed or digested: the name of its keys."""

AGREE, ALLOW = "同意", "允许"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """An authority that serves under the national suite."""
    settings = AuthSettings(secret=SECRET, cryptography="national")
    async with serving(Office(settings, database)) as opened:
        yield opened


@pytest.fixture
async def international(database: Database) -> AsyncIterator[Office]:
    """The same database before the setting was changed."""
    async with serving(Office(AuthSettings(secret=SECRET), database)) as opened:
        yield opened


async def signed_in(office: Office, to: str) -> Browser:
    """A browser in which somebody signed in by a platform's page."""
    browser = Browser(office)
    leg = await browser.client.get("/login/zheliban", params={"to": to})
    state = parse_qs(urlsplit(leg.headers["location"]).query)["state"][0]
    came = {"ticket": office.ticket(LIN_CITIZEN)[1], "state": state}
    answer = await browser.client.get("/login/zheliban/callback", params=came)
    assert (answer.status_code, answer.headers["location"]) == (303, to)
    return browser


async def tokens_of(office: Office, front: Front) -> dict[str, Any]:
    """Walk through login and consent, as a browser does, and trade the code."""
    login = await office.client.get("/oauth/authorize", params=front.request())
    to = parse_qs(urlsplit(login.headers["location"]).query)["to"][0]
    browser = await signed_in(office, to)
    consent = await browser.client.get(to)
    question = await browser.get(consent.headers["location"])
    agreed = await browser.press(question, AGREE)
    answer = await front.trade(told(await browser.client.get(agreed.headers["location"]))["code"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_person_signs_in_and_stays(office: Office) -> None:
    """Login, consent, code, tokens that certified clients can read, refresh, introspection, a code that comes twice."""
    front = await Front.registered(office)

    tokens = await tokens_of(office, front)
    later = (await front.refresh(tokens["refresh_token"])).json()

    keys = (await office.client.get("/oauth/jwks")).json()
    claims = jwt.decode(tokens["id_token"], KeySet.import_key_set(keys), algorithms=["ES256"]).claims
    facts = await front.post("/oauth/introspect", {"token": later["access_token"]})
    assert [key["crv"] for key in keys["keys"]] == ["P-256"]
    assert (claims["nonce"], claims["acr"]) == ("n-1", "2")
    assert facts.json()["active"]
    assert set(later["scope"].split()) == set(SCOPES.split())
    assert (await office.authority.viewer_of(later["access_token"])).person_id == claims["sub"]

    again = await front.refresh(tokens["refresh_token"] + "x")
    assert again.json()["error"] == "invalid_grant"


async def test_tickets_devices_and_systems_get_tokens(office: Office) -> None:
    """Every grant that is no code."""
    exchanged = await office.token(CHEN_CITIZEN)
    own = await office.post({"grant_type": "client_credentials"}, await office.register_partner())
    device, _ = await office.register(grants=[DEVICE], ticket_forms=[], auth_method="none")
    codes = (await office.client.post("/oauth/device", data={"client_id": device, "scope": "openid"})).json()
    browser = await signed_in(office, f"/device?user_code={codes['user_code']}")
    await browser.press(await browser.get(f"/device?user_code={codes['user_code']}"), ALLOW)
    asked = {"grant_type": DEVICE, "client_id": device, "device_code": codes["device_code"]}

    answer = await office.post(asked, None)

    assert (await office.authority.viewer_of(exchanged)).person_id
    assert own.json()["scope"] == "opinion:read"
    assert answer.json()["scope"] == "openid"


async def test_a_second_factor_is_kept_and_asked_for(office: Office) -> None:
    """Its secret is sealed by SM4 and read again."""
    browser = Browser(office)
    await browser.sign_in(ZHOU_WORK)
    sessions, factor = office.authority.sessions, office.authority.second_factor
    session = await sessions.of(browser.client.cookies[SESSION.name])
    assert session is not None
    invited = await factor.roster.invite("zhezhengding", "GE_zhou")
    offer = await factor.enrolment.begin(session, invited.code)

    enrolled = await factor.enrolment.finish(session, offer.sealed, code_at(offer.secret, now()))

    proved = await sessions.of(enrolled.secret)
    assert proved is not None
    assert "otp" in proved.proof.methods


async def test_a_partner_registers_itself_with_a_key_of_sm2(office: Office) -> None:
    """And proves itself by it."""
    holder = Sm2Holder()
    invitation = await office.authority.invitations.create("县融媒体中心", [Scope.OPINION_READ], uses=1, lasts_s=600)
    described = {"grant_types": ["client_credentials"], "token_endpoint_auth_method": "private_key_jwt"}

    registered = await office.client.post(
        "/oauth/register",
        json=described | {"jwks": {"keys": [holder.jwk]}},
        headers={"authorization": f"Bearer {invitation}"},
    )
    client_id = registered.json()["client_id"]
    answer = await office.post({"grant_type": "client_credentials"} | holder.login(client_id), None)

    assert registered.status_code == 201, registered.text
    assert answer.json()["scope"] == "opinion:read"


async def test_all_that_is_stored_is_protected_by_the_national_suite(office: Office, database: Database) -> None:
    """Every sealed value and every digest names its key; the audit's chain is hashed by SM3, signed by SM2."""
    async with office.authority.running():
        await tokens_of(office, await Front.registered(office))
        await office.token(CHEN_CITIZEN)

    values = [value for table in Base.metadata.sorted_tables for value in await _texts(database, table)]
    named = {value[:13] for value in values if SEALED.match(value)}
    assert named == {office.authority.vault.prefix}
    resealed = await reseal(database, office.authority.vault)
    assert (resealed.sealed, resealed.left) == ({}, {})
    entries = await _texts(database, AuditEntryRow.__table__)
    assert sum(value.startswith("sm3.") for value in entries) > 3
    assert not any(value.startswith("sha256.") for value in entries)
    assert {key.alg for key in await office.authority.keys.list() if key.signs} == {"ES256", "SM2"}
    assert [one.broken for one in await office.authority.audit.verify()] == [None]


async def test_nobody_is_signed_out_by_the_change(international: Office, database: Database) -> None:
    """Sessions, secrets, refresh tokens, signing keys and the audit go on; and on the way back."""
    login = await international.register(grants=[EXCHANGE, "refresh_token"])
    async with international.authority.running():
        tokens = (await international.post(international.exchange_form(CHEN_CITIZEN, scope=WORK_SCOPES), login)).json()

    national = Office(AuthSettings(secret=SECRET, cryptography="national"), database)
    async with serving(national):
        async with national.authority.running():
            there = await _refreshed(national, login, tokens)
        assert (await national.authority.viewer_of(tokens["access_token"])).person_id

    async with serving(Office(AuthSettings(secret=SECRET), database)) as back:
        async with back.authority.running():
            again = await _refreshed(back, login, there)
        assert (await back.authority.viewer_of(again["access_token"])).person_id
        assert [one.broken for one in await back.authority.audit.verify()] == [None]
        assert {key.alg for key in await back.authority.keys.list()} == {"ES256", "SM2"}


async def _refreshed(office: Office, login: tuple[str, str], tokens: dict[str, Any]) -> dict[str, Any]:
    answer = await office.post({"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}, login)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _texts(database: Database, table: Any) -> list[str]:
    async def read(session: Any) -> list[str]:
        return [value for row in await session.execute(table.select()) for value in row if isinstance(value, str)]

    return await database.read(read)
