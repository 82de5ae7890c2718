"""The pages of the second factor, as a browser without scripts meets them."""

import html
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx
import pytest

from auth.factor.totp import code_at
from auth.pages.cookies import SESSION
from auth.proof import Proof
from auth.store.moments import now
from connectors.records.identity import Identity
from connectors.viewer import Ask, Role
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_WORK, ZHOU_WORK

FACTOR, ACCOUNT = "/login/factor", "/account/factor"
ONWARD = "/oauth/authorize?continue=abc"
NEXT = 1
"""The time step after the one that enrolled, which is still taken."""


@dataclass
class Browser:
    """A browser somebody is signed in with."""

    office: Office
    ask: Ask

    async def sign_in(self, identity: Identity = ZHOU_WORK) -> None:
        """Sign in, as after a leg to the platform."""
        authority = self.office.authority
        person = await authority.persons.signed_in(identity, self.ask)
        proof = Proof(at=int(now().timestamp()), level=1, methods=("zhezhengding-app",))
        self.cookie = await authority.sessions.open(person.person_id, identity.platform, proof, "a browser")

    @property
    def cookie(self) -> str:
        """The session's secret as this browser has it."""
        return self.office.client.cookies.get(SESSION.name) or ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        jar = self.office.client.cookies
        if self.cookie:
            jar.delete(SESSION.name)
        jar.set(SESSION.name, value, domain="elsewhere.example", path="/")

    async def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return await self.office.client.get(path)

    async def send(self, shown: httpx.Response, **fields: str) -> httpx.Response:
        """Fill in the first form of a page and send it."""
        action = re.search(r'<form method="post" action="([^"]+)"', shown.text)
        assert action is not None, shown.text
        form = shown.text[action.start() :].partition("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        values = {name: html.unescape(value) for name, value in hidden.items()} | fields
        return await self.office.client.post(action[1], data=values)

    async def methods(self) -> tuple[str, ...]:
        """How the session was proved."""
        session = await self.office.authority.sessions.of(self.cookie)
        assert session is not None
        return session.proof.methods

    async def invite(self, code: str = "GE_zhou") -> str:
        """Have an operator invite."""
        return (await self.office.authority.second_factor.roster.invite("zhezhengding", code)).code

    async def enrol(self) -> tuple[str, list[str]]:
        """Enrol by the page; answers the key and the recovery codes."""
        offered = await self.send(await self.get(ACCOUNT), act="begin", code=await self.invite())
        key = key_of(offered)
        done = await self.send(offered, act="finish", password=code_at(key, now()))
        return key, re.findall(r"<li><code>([A-Z2-7-]{19})</code></li>", done.text)


def key_of(offered: httpx.Response) -> str:
    """The key as it stands on the page, for who cannot scan it."""
    found = re.search(r"<code>((?:[A-Z2-7]{4} ?){8})</code>", offered.text)
    assert found is not None, offered.text
    return found[1].replace(" ", "")


@pytest.fixture
async def browser(office: Office, ask: Ask) -> Browser:
    """Somebody's, signed in."""
    opened = Browser(office, ask)
    await opened.sign_in()
    return opened


async def test_an_authenticator_is_enrolled_by_an_operator_s_code(browser: Browser) -> None:
    """Code, key and picture, first password, recovery codes once; the session has the factor and a new cookie."""
    before = browser.cookie
    start = await browser.get(f"{ACCOUNT}?to={quote(ONWARD, safe='')}")
    offered = await browser.send(start, act="begin", code=await browser.invite())
    done = await browser.send(offered, act="finish", password=code_at(key_of(offered), now()))

    assert 'src="data:image/svg+xml' in offered.text
    assert "img-src 'self' data:" in offered.headers["content-security-policy"]
    assert len(re.findall(r"<li><code>", done.text)) == 10
    assert html.escape(ONWARD) in done.text
    assert done.headers["cache-control"] == "no-store"
    assert browser.cookie != before
    assert await browser.methods() == ("mfa", "otp", "zhezhengding-app")
    assert await browser.office.authority.sessions.of(before) is None


async def test_a_wrong_first_password_is_told_and_the_key_stays(browser: Browser) -> None:
    """Who put the key into their phone need not begin again."""
    offered = await browser.send(await browser.get(ACCOUNT), act="begin", code=await browser.invite())

    again = await browser.send(offered, act="finish", password="000000")

    assert again.status_code == 422
    assert 'aria-invalid="true"' in again.text
    assert key_of(again) == key_of(offered)
    assert (await browser.send(again, act="finish", password=code_at(key_of(again), now()))).status_code == 200


@pytest.mark.parametrize("code", ["", "invented", "GE_chen"])
async def test_no_other_code_enrols(browser: Browser, code: str) -> None:
    """None, an invented one, another account's: the same words."""
    code = await browser.invite("GE_chen") if code == "GE_chen" else code

    told = await browser.send(await browser.get(ACCOUNT), act="begin", code=code)

    assert told.status_code == 422
    assert "绑定码无效" in told.text


async def test_the_factor_is_asked_on_the_way_and_goes_on(browser: Browser) -> None:
    """A right code leads to where one came from, by a 303 that carries the new cookie."""
    key, _ = await browser.enrol()
    await browser.sign_in()
    assert await browser.methods() == ("zhezhengding-app",)

    asked = await browser.get(f"{FACTOR}?to={quote(ONWARD, safe='')}")
    passed = await browser.send(asked, code=code_at(key, now(), NEXT))

    assert (passed.status_code, passed.headers["location"]) == (303, ONWARD)
    assert await browser.methods() == ("mfa", "otp", "zhezhengding-app")


async def test_a_client_that_asks_for_an_operator_s_scope_leads_through_the_factor(browser: Browser) -> None:
    """To the factor first, then to consent; the form may lead on to the client; silently there is no way."""
    key, _ = await browser.enrol()
    await browser.office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    await browser.sign_in()
    client_id, _ = await browser.office.register(
        grants=["authorization_code"], ticket_forms=[], redirect_uris=["https://ops.example.cn/back"]
    )
    query = {"client_id": client_id, "redirect_uri": "https://ops.example.cn/back", "response_type": "code"}
    query |= {"scope": "openid ops:read", "code_challenge": "A" * 43, "code_challenge_method": "S256"}

    silent = await browser.office.client.get("/oauth/authorize", params=query | {"prompt": "none"})
    begun = await browser.office.client.get("/oauth/authorize", params=query)
    asked = await browser.get(begun.headers["location"])
    passed = await browser.send(asked, code=code_at(key, now(), NEXT))
    onward = await browser.get(passed.headers["location"])

    assert "error=interaction_required" in silent.headers["location"]
    assert begun.headers["location"].startswith(f"{FACTOR}?to=")
    assert "form-action 'self' https://ops.example.cn;" in asked.headers["content-security-policy"]
    assert onward.headers["location"].startswith("/consent?to=")


async def test_a_recovery_code_stands_in_once(browser: Browser) -> None:
    """Afterwards it is as wrong as an invented one."""
    _, codes = await browser.enrol()
    asked = await browser.get(FACTOR)

    first = await browser.send(asked, code=codes[0].lower())
    second = await browser.send(asked, code=codes[0])

    assert (first.status_code, first.headers["location"]) == (303, "/account")
    assert second.status_code == 422


async def test_a_code_that_was_used_is_told_from_a_wrong_one(browser: Browser) -> None:
    """It helps to wait for the next; nothing says more of a wrong one."""
    key, _ = await browser.enrol()
    asked = await browser.get(FACTOR)
    code = code_at(key, now(), NEXT)

    used = [await browser.send(asked, code=code) for _ in range(2)][1]
    wrong = await browser.send(asked, code="000000")

    assert "已使用过" in used.text
    assert 'aria-invalid="true"' in wrong.text


async def test_who_guesses_too_often_is_told_until_when(browser: Browser) -> None:
    """The right code is refused like any other; the page says it in the language of the browser."""
    key, _ = await browser.enrol()
    asked = await browser.get(f"{FACTOR}?lang=en")

    answers = [await browser.send(asked, code="000000") for _ in range(5)]
    right = await browser.send(asked, code=code_at(key, now(), NEXT))

    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    assert right.status_code == 429
    assert "No code is accepted until" in right.text


async def test_who_is_not_signed_in_signs_in_first(browser: Browser) -> None:
    """And comes back to the factor afterwards."""
    browser.office.client.cookies.clear()

    for page in (FACTOR, ACCOUNT):
        answer = await browser.get(f"{page}?to={quote(ONWARD, safe='')}")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/login?to={quote(page, safe='')}")


async def test_who_has_no_factor_is_told_how_to_get_one(browser: Browser) -> None:
    """With a way there that leads back."""
    told = await browser.get(f"{FACTOR}?to={quote(ONWARD, safe='')}")

    assert told.status_code == 200
    assert f'href="{ACCOUNT}?to={quote(ONWARD)}' in told.text


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "/login", "javascript:x"])
async def test_it_leads_nowhere_else(browser: Browser, to: str) -> None:
    """An address of somebody else's is as good as none."""
    key, _ = await browser.enrol()

    asked = await browser.get(f"{FACTOR}?to={quote(to, safe='')}")
    passed = await browser.send(asked, to=to, code=code_at(key, now(), NEXT))

    assert passed.headers["location"] == "/account"


@pytest.mark.parametrize("page", [FACTOR, ACCOUNT])
async def test_a_form_of_somebody_else_s_is_refused(browser: Browser, page: str) -> None:
    """Without our token nothing is looked at, so that nobody can lock another out."""
    key, _ = await browser.enrol()

    forged = await browser.office.client.post(page, data={"act": "remove", "code": code_at(key, now(), NEXT)})

    assert forged.status_code == 403
    assert await browser.methods() == ("mfa", "otp", "zhezhengding-app")


@pytest.mark.parametrize("act", ["begin", "codes", "ask-remove", "remove"])
async def test_changes_want_the_factor_first(browser: Browser, act: str) -> None:
    """A sign-in alone leads to the factor, and back."""
    await browser.enrol()
    shown = await browser.get(ACCOUNT)
    await browser.sign_in()

    answer = await browser.send(shown, act=act)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{FACTOR}?to={quote(ACCOUNT, safe='')}")
    assert f'href="{FACTOR}?to=' in (await browser.get(ACCOUNT)).text


async def test_its_owner_changes_it_gets_new_codes_and_removes_it(browser: Browser) -> None:
    """Each right after the factor was proved; a removal is asked about first."""
    key, codes = await browser.enrol()
    shown = await browser.get(ACCOUNT)

    renewed = await browser.send(shown, act="codes")
    offered = await browser.send(shown, act="begin")
    changed = await browser.send(offered, act="finish", password=code_at(key_of(offered), now()))
    sure = await browser.send(shown, act="ask-remove")
    removed = await browser.send(sure, act="remove")

    assert "保存恢复码" in renewed.text
    assert codes[0] not in renewed.text
    assert key_of(offered) != key
    assert "保存恢复码" in changed.text
    assert (removed.status_code, removed.headers["location"]) == (303, ACCOUNT)
    assert await browser.methods() == ("zhezhengding-app",)


async def test_an_act_that_does_not_exist_is_refused(browser: Browser) -> None:
    """By a page that says what to do."""
    assert (await browser.send(await browser.get(ACCOUNT), act="everything")).status_code == 400


@pytest.mark.parametrize("query", ["", "?lang=en", "?view=elder"])
async def test_every_page_is_shown_in_every_way(browser: Browser, query: str) -> None:
    """In both languages and sizes; without scripts, styles of its own, or anything from outside."""
    pages = [await browser.get(f"{page}{query}") for page in (FACTOR, ACCOUNT)]
    offered = await browser.send(pages[1], act="begin", code=await browser.invite())
    done = await browser.send(offered, act="finish", password=code_at(key_of(offered), now()))
    pages += [offered, done, await browser.get(f"{FACTOR}{query}"), await browser.get(f"{ACCOUNT}{query}")]

    for page in pages:
        assert page.status_code == 200
        assert not re.search(r"<script|<style| style=|https?://(?!www\.w3\.org)", page.text)
        assert len(re.findall(r"<h1", page.text)) == 1


async def test_another_person_s_page_shows_nothing_of_it(browser: Browser) -> None:
    """Everybody sees their own."""
    await browser.enrol()
    await browser.sign_in(CHEN_WORK)

    assert 'name="code"' in (await browser.get(ACCOUNT)).text


async def test_an_offer_that_was_open_too_long_begins_again(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says why."""
    offered = await browser.send(await browser.get(ACCOUNT), act="begin", code=await browser.invite())
    enrolment = browser.office.authority.second_factor.enrolment
    monkeypatch.setattr(enrolment, "_ground", replace(enrolment._ground, clock=_later))

    told = await browser.send(offered, act="finish", password=code_at(key_of(offered), _later()))

    assert told.status_code == 422
    assert "重新开始" in told.text


def _later() -> datetime:
    return now() + timedelta(minutes=11)
