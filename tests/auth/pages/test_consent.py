"""Whether a client may do what it asks for, put to the person."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from auth.pages.forgery import FIELD
from connectors.viewer import Scope
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import ZHOU_WORK

REDIRECT = "https://studio.example.cn/callback"
YES, NO = "同意", "拒绝"
_VERIFIER = "v" * 43


class Partner:
    """A client that sends browsers here."""

    def __init__(self, client_id: str) -> None:
        self.client_id = client_id

    def address(self, scope: str, **changes: str) -> str:
        """The authorization request for these scopes."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(_VERIFIER.encode()).digest()).decode().rstrip("=")
        asked = {
            "client_id": self.client_id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": scope,
            "state": "s" * 20,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"/oauth/authorize?{urlencode(asked | changes)}"


@pytest.fixture
async def partner(office: Office) -> Partner:
    """A front end with every scope."""
    return await _register(office)


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser a citizen is signed in with."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


async def _register(office: Office, name: str = "委员工作室") -> Partner:
    client_id, _ = await office.authority.clients.create(
        name,
        grants=["authorization_code"],
        scopes=list(Scope),
        redirect_uris=[REDIRECT],
        contact="studio@example.cn",
        origins=["https://app.example.cn"],
    )
    return Partner(client_id)


async def _asked(browser: Browser, address: str) -> Page:
    """Follow the request to the page that asks."""
    sent = await browser.client.get(address)
    assert sent.status_code == 303
    assert sent.headers["location"].startswith("/consent?"), sent.headers["location"]
    return await browser.get(sent.headers["location"])


async def _followed(browser: Browser, answer: httpx.Response) -> httpx.Response:
    """Go on with the request once more."""
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/oauth/authorize?")
    return await browser.client.get(answer.headers["location"])


def _answer(answer: httpx.Response) -> dict[str, str]:
    """What the client gets."""
    location = answer.headers["location"]
    assert location.startswith(REDIRECT), location
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


async def test_the_page_says_who_asks_for_what(browser: Browser, partner: Partner) -> None:
    """Name, contact, where one goes on to, and each scope in words."""
    page = await _asked(browser, partner.address("openid profile question:write"))

    assert page.status == 200
    for words in (
        "委员工作室",
        "studio@example.cn",
        "studio.example.cn",
        "林小满",
        "确认您的身份",
        "以您的名义提问和评价",
    ):
        assert words in page.text
    assert "question:write" not in page.text


async def test_yes_gives_the_code_and_is_remembered(browser: Browser, partner: Partner) -> None:
    """After yes the client has its code; the next time no page is shown."""
    page = await _asked(browser, partner.address("openid profile"))

    first = _answer(await _followed(browser, await browser.press(page, YES)))
    second = _answer(await browser.client.get(partner.address("openid profile")))

    assert first["code"] != second["code"]
    assert first["state"] == "s" * 20


async def test_no_tells_the_client_and_is_not_remembered(browser: Browser, partner: Partner) -> None:
    """After no the client hears so, and may ask again."""
    page = await _asked(browser, partner.address("openid profile"))

    answer = _answer(await browser.press(page, NO))

    assert answer["error"] == "access_denied"
    assert "code" not in answer
    await _asked(browser, partner.address("openid profile"))


async def test_who_says_no_finds_it_in_their_audit(office: Office, browser: Browser, partner: Partner) -> None:
    """The refusal is theirs as the consent would have been."""
    person_id = await browser.sign_in()
    await browser.press(await _asked(browser, partner.address("openid profile")), NO)
    await office.authority.audit.flush()

    told = await office.authority.audit.about(person_id)
    assert [(one.act, one.by_self) for one in told][-1] == ("AUTHORIZATION_DENIED", True)


async def test_what_is_left_out_is_left_out_of_the_grant(office: Office, browser: Browser, partner: Partner) -> None:
    """A scope whose box is empty is neither agreed to nor granted, and the client still gets its code."""
    person_id = await browser.sign_in()
    page = await _asked(browser, partner.address("openid profile phone"))

    answer = await _followed(browser, await browser.untick(page, YES, "phone"))

    assert _answer(answer)["code"]
    assert await office.authority.consents.given(person_id, partner.client_id) == {Scope.OPENID, Scope.PROFILE}
    assert not await office.authority.consents.covers(person_id, partner.client_id, [Scope.PHONE])


async def test_who_one_is_cannot_be_left_out(browser: Browser, partner: Partner) -> None:
    """Without the identity there is nobody to let in: its box is fixed, and yes means yes to it."""
    page = await _asked(browser, partner.address("openid profile"))

    fixed = next(box.attributes for box in page.all("input") if box.attributes.get("type") == "checkbox")

    assert fixed["value"] == "openid"
    assert "disabled" in fixed
    assert _answer(await _followed(browser, await browser.untick(page, YES, "openid")))["code"]


async def test_yes_to_nothing_is_no_answer(browser: Browser, partner: Partner) -> None:
    """Who says yes and leaves everything out is asked once more."""
    page = await _asked(browser, partner.address("profile phone"))

    again = Page(await browser.untick(page, YES, "profile", "phone"))

    assert again.status == 422
    assert "请至少选择一项" in again.text


async def test_only_what_is_new_is_asked(browser: Browser, partner: Partner) -> None:
    """What was agreed to before is shown apart and has no box."""
    await _followed(browser, await browser.press(await _asked(browser, partner.address("openid profile")), YES))

    page = await _asked(browser, partner.address("openid profile phone"))

    boxes = [box.attributes["value"] for box in page.all("input") if box.attributes.get("type") == "checkbox"]
    assert boxes == ["phone"]
    assert "您此前已同意" in page.text
    assert _answer(await _followed(browser, await browser.press(page, YES)))["code"]


async def test_scopes_the_roles_do_not_allow_are_not_asked_for(browser: Browser, partner: Partner) -> None:
    """A citizen is not asked about the directory, which a citizen cannot give."""
    page = await _asked(browser, partner.address("openid profile directory:read"))

    assert "查看通讯录" not in page.text


async def test_a_scope_added_by_hand_is_not_agreed_to(office: Office, browser: Browser, partner: Partner) -> None:
    """A form with more boxes than the client asked for gives no more."""
    person_id = await browser.sign_in()
    page = await _asked(browser, partner.address("openid profile"))
    form = page.form(YES)

    await browser.send(form.action, [*form.fields, ("scope", "question:write"), form.buttons[YES]])

    assert await office.authority.consents.given(person_id, partner.client_id) == {Scope.OPENID, Scope.PROFILE}


async def test_consent_is_each_persons_and_each_clients(office: Office, browser: Browser, partner: Partner) -> None:
    """Another client, or another person in the same browser, is asked anew."""
    await browser.press(await _asked(browser, partner.address("openid profile")), YES)

    await _asked(browser, (await _register(office, "another")).address("openid profile"))
    await browser.sign_in(ZHOU_WORK)
    await _asked(browser, partner.address("openid profile"))


async def test_an_answer_counts_for_who_saw_the_question(office: Office, browser: Browser, partner: Partner) -> None:
    """When somebody else signed in since, in the same browser, they are asked themselves."""
    page = await _asked(browser, partner.address("openid profile"))
    other = await browser.sign_in(ZHOU_WORK)

    answer = await browser.press(page, YES)

    assert answer.headers["location"].startswith("/consent?")
    assert not await office.authority.consents.given(other, partner.client_id)


async def test_an_answer_without_a_session_signs_in_first(browser: Browser, partner: Partner) -> None:
    """Whose session ended while the page was open has to sign in before the answer counts."""
    page = await _asked(browser, partner.address("openid profile"))
    stranger = Browser(browser.office)
    stranger.client.cookies.update({name: value for name, value in browser.client.cookies.items() if "form" in name})

    answer = await stranger.press(page, YES)

    assert answer.headers["location"].startswith("/login?to=%2Foauth%2Fauthorize")


@pytest.mark.parametrize("button", [YES, NO])
async def test_a_forged_answer_is_refused(office: Office, browser: Browser, partner: Partner, button: str) -> None:
    """Another site can neither agree nor refuse in somebody's name."""
    person_id = await browser.sign_in()
    page = await _asked(browser, partner.address("openid profile"))
    form = page.form(button)
    fields = [field for field in form.fields if field[0] != FIELD]

    without = await browser.send(form.action, [*fields, form.buttons[button]])
    elsewhere = await browser.send(
        form.action, [*form.fields, form.buttons[button]], Origin="https://elsewhere.example"
    )

    assert without.status_code == elsewhere.status_code == 403
    assert not await office.authority.consents.given(person_id, partner.client_id)


@pytest.mark.parametrize(
    "to",
    [
        "/account",
        "https://elsewhere.example/oauth/authorize?continue=x",
        "/oauth/authorize",
        "/oauth/authorize?continue=x",
        "/oauth/authorize?continue=x&continue=y",
        "/oauth/authorize?client_id=c",
    ],
)
async def test_only_a_request_of_ours_is_put_to_somebody(browser: Browser, to: str) -> None:
    """The page shows nothing but a request that was begun and sealed here."""
    page = await browser.get(f"/consent?{urlencode({'to': to})}")

    assert page.status == 400
    assert "sign_in_request_ended" in page.text


async def test_the_form_may_lead_to_the_client_and_nowhere_else(browser: Browser, partner: Partner) -> None:
    """Browsers hold redirects behind a form against the policy: the client's own addresses stand in it."""
    page = await _asked(browser, partner.address("openid profile"))

    policy = page.answer.headers["content-security-policy"]

    assert "form-action 'self' https://studio.example.cn https://app.example.cn;" in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_clients_name_is_only_text(office: Office, browser: Browser) -> None:
    """Whatever a client calls itself, it stands on the page as words."""
    named = await _register(office, '<script>alert(1)</script><h1 class="x">"同心"')

    page = await _asked(browser, named.address("openid profile"))

    assert not page.all("script")
    assert len(page.all("h1")) == 1
    assert '<script>alert(1)</script><h1 class="x">"同心"' in page.text
