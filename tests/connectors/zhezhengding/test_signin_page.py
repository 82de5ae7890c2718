"""Signing browsers in by the QR page (wire-formats A4.5)."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.errors import NotConfiguredError, SignInNeededError
from connectors.ports import SignInPage
from connectors.records.identity import TicketForm
from connectors.records.sign_in_leg import Binding
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signin import ZhezhengdingSignIn
from connectors.zhezhengding.signin_page import ZhezhengdingSignInPage

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

IN_APP, SCANNED = TicketForm.ZHEZHENGDING_APP, TicketForm.ZHEZHENGDING_QR
MAIN = {"appkey": "k", "appsecret": "s", "tenant_id": 1}
LEG = Binding("st&te=", "n", "v")


def page_of(bench: "Bench", settings: ZhezhengdingSettings | None = None) -> ZhezhengdingSignInPage:
    """The source."""
    signin = ZhezhengdingSignIn(bench.settings, bench.client(), bench.scanning())
    return ZhezhengdingSignInPage(settings or bench.settings, signin)


async def test_the_qr_page_is_asked_for_as_documented(bench: "Bench") -> None:
    """A4.5: every parameter, encoded; a path in front of the host stays."""
    given = {"client_id": "app_dingoa", "callback_url": "https://gw.example.cn/auth/zzd/callback?a=1"}
    qr = {"appkey": "k", "appsecret": "s", **given}
    settings = ZhezhengdingSettings.model_validate({**MAIN, "login_url": "https://login.example.cn/zzd/", "qr": qr})

    page = page_of(bench, settings)
    address = urlsplit(await page.sign_in_page(SCANNED, LEG, bench.ask()))

    assert isinstance(page, SignInPage)
    assert (address.scheme, address.netloc, address.path) == ("https", "login.example.cn", "/zzd/oauth2/auth.htm")
    assert parse_qs(address.query) == {
        "response_type": ["code"],
        "client_id": ["app_dingoa"],
        "redirect_uri": ["https://gw.example.cn/auth/zzd/callback?a=1"],
        "scope": ["get_user_info"],
        "authType": ["QRCODE"],
        "state": ["st&te="],
    }


@pytest.mark.parametrize("lacking", ["appkey", "appsecret", "client_id", "callback_url"])
async def test_without_registration_there_is_no_qr_page(bench: "Bench", lacking: str) -> None:
    """Each of the four is needed; the in-app form has no page at all."""
    whole = {"appkey": "k", "appsecret": "s", "client_id": "c_dingoa", "callback_url": "https://gw.example.cn/c"}
    part = ZhezhengdingSettings.model_validate({**MAIN, "qr": {k: v for k, v in whole.items() if k != lacking}})

    with pytest.raises(NotConfiguredError):
        await page_of(bench, part).sign_in_page(SCANNED, LEG, bench.ask())
    with pytest.raises(NotConfiguredError):
        await page_of(bench).sign_in_page(IN_APP, LEG, bench.ask())


async def test_a_code_that_comes_back_signs_in_once(bench: "Bench") -> None:
    """The QR page's code and state are read by their names; a code is taken once, and none is none."""
    page = page_of(bench)
    sent = {"code": await bench.code("official-0001", "qr"), "state": "x"}

    identity = await page.come_back(SCANNED, sent, LEG, bench.ask())

    assert page.state_in(SCANNED, sent) == "x"
    assert identity.name == bench.world.officials[0].name
    for again in (sent, {"state": "x"}, {"auth_code": "x"}):
        with pytest.raises(SignInNeededError):
            await page.come_back(SCANNED, again, LEG, bench.ask())


@pytest.mark.parametrize(("agent", "inside"), [("Mozilla/5.0 TaurusApp/2.8", True), ("Mozilla/5.0 Chrome", False)])
def test_the_apps_own_browser_is_known(bench: "Bench", agent: str, *, inside: bool) -> None:
    """By what it calls itself."""
    assert page_of(bench).is_inside(agent) is inside
