"""Where browsers are sent to sign in, and what of that which they bring back counts."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import NotConfiguredError, SignInNeededError
from connectors.ports import SignIn, SignInPage
from connectors.records.identity import TicketForm
from connectors.records.sign_in_leg import Binding
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin_page import ZhelibanSignInPage

UNIFIED, CLASSIC, COMPANY = TicketForm.ZHELIBAN_UNIFIED, TicketForm.ZHELIBAN_CLASSIC, TicketForm.ZHELIBAN_ESSO
LEG = Binding("s 1", "n", "v")
APP = "Mozilla/5.0 (Linux; Android 12) dtdreamweb/6.1"
ALIPAY = "Mozilla/5.0 AlipayClient/10.3 MiniProgram"


@pytest.fixture
def page(platform: SimpleNamespace, settings: ZhelibanSettings) -> ZhelibanSignInPage:
    """The source over the sandbox."""
    return ZhelibanSignInPage(settings, platform.sign_in, "zheliban")


def test_pages_are_a_port_of_their_own(page: ZhelibanSignInPage) -> None:
    """A ticket can be handed in without one."""
    assert isinstance(page, SignInPage)
    assert not isinstance(page, SignIn)


def test_ways_are_offered_in_the_registrations_order(page: ZhelibanSignInPage) -> None:
    """Unified, classic, companies; each says for whom it is."""
    assert [(way.form, way.companies) for way in page.ways] == [(UNIFIED, False), (CLASSIC, False), (COMPANY, True)]


@pytest.mark.parametrize(
    ("form", "agent", "address"),
    [
        (UNIFIED, "", "http://127.0.0.1:8101/uc/sso/login?appId=2000000001&sp=s%201"),
        (
            CLASSIC,
            "",
            "http://127.0.0.1:8101/sso/usp.do?action=ssoLogin&servicecode=DEMO_AK_0123456789abcdef&goto=s%201",
        ),
        (
            CLASSIC,
            APP,
            (
                "http://127.0.0.1:8101/sso/mobile.do?action=oauth&scope=1&servicecode=DEMO_AK_0123456789abcdef"
                "&redirectUrl=http%3A%2F%2F127.0.0.1%3A8000%2Flogin%2Fzheliban%2Fcallback%3Fsp%3Ds%25201"
            ),
        ),
        (
            CLASSIC,
            ALIPAY,
            "http://127.0.0.1:8101/sso/alipay.do?action=ssoLogin&servicecode=DEMO_AK_0123456789abcdef&goto=s%201",
        ),
        (
            COMPANY,
            "",
            (
                "http://127.0.0.1:8101/opensso/spsaehandler/metaAlias/sp?spappurl="
                "http%3A%2F%2F127.0.0.1%3A8000%2Flogin%2Fzheliban%2Fcallback%3Fgoto%3Ds%25201"
            ),
        ),
    ],
)
async def test_each_form_has_its_page(
    page: ZhelibanSignInPage, asking: Callable[..., Ask], form: TicketForm, agent: str, address: str
) -> None:
    """B2, B5, B6: the address to which a browser is sent, with the state that comes back."""
    assert await page.sign_in_page(form, LEG, asking(), user_agent=agent) == address
    assert page.is_inside(agent) is bool(agent)


@pytest.mark.parametrize("form", [UNIFIED, TicketForm.ZHEZHENGDING_QR])
async def test_without_a_registration_there_is_no_page(connected: Any, asking: Any, form: TicketForm) -> None:
    """Nobody is sent to a page that would not know us."""
    settings = ZhelibanSettings()
    page = ZhelibanSignInPage(settings, connected(settings).sign_in, "zheliban")

    assert page.ways == ()
    with pytest.raises(NotConfiguredError):
        await page.sign_in_page(form, LEG, asking())


@pytest.mark.parametrize(
    ("form", "sent", "state"),
    [
        (UNIFIED, {"ticketId": "t", "sp": "a"}, "a"),
        (UNIFIED, {"ticketId": "t", "redirectUrl": "a"}, "a"),
        (CLASSIC, {"ticket": "t", "sp": "a"}, "a"),
        (COMPANY, {"ssotoken": "t", "goto": "a", "sp": "b"}, "a"),
        (COMPANY, {"ssotoken": "t", "sp": "b"}, None),
        (UNIFIED, {"ticketId": "t", "goto": "a", "state": "a"}, None),
    ],
)
def test_the_state_comes_back_by_the_forms_name(
    page: ZhelibanSignInPage, form: TicketForm, sent: dict[str, str], state: str | None
) -> None:
    """B2, B5, B6: sp, of the unified form also redirectUrl; of companies goto."""
    assert page.state_in(form, sent) == state


@pytest.mark.parametrize(
    ("form", "control", "name"),
    [
        (UNIFIED, "uc", "ticketId"),
        (CLASSIC, "classic", "ticket"),
        (COMPANY, "esso", "ssotoken"),
        (COMPANY, "esso", "ssoticket"),
    ],
)
async def test_the_forms_own_ticket_signs_in(
    page: ZhelibanSignInPage, ticket: Callable[..., Any], asking: Callable[..., Ask], form: Any, control: str, name: str
) -> None:
    """The ticket is taken under the form's names, and no other form's is looked at."""
    person = "company-0001" if form is COMPANY else "citizen-0002"
    given = await ticket(person, control)

    for other in {"ticketId", "ticket", "ssotoken", "code"} - {name, "ssotoken" if form is COMPANY else name}:
        with pytest.raises(SignInNeededError):
            await page.come_back(form, {other: given}, LEG, asking())
    identity = await page.come_back(form, {name: given}, LEG, asking())

    assert identity.platform == "zheliban"
