"""Addresses of the platform's own pages (wire-formats B2, B5, B6)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.zheliban.pages import AccountPage, ClassicClient, Pages, RaiseLevel
from connectors.zheliban.settings import ZhelibanSettings

CALLBACK = "https://gateway.example/login/zheliban/callback"
DIRECT = {
    "mode": "simple",
    "app_id": "2000000001",
    "simple": {"servicecode": "demosvc", "servicepwd": "x"},
    "callback_url": CALLBACK,
}


def pages(**chosen: Any) -> Pages:
    """The pages of an old registration, on the platform's own hosts, with some settings changed."""
    return Pages(ZhelibanSettings.model_validate(DIRECT | chosen))


def parts(address: str) -> tuple[str, dict[str, str]]:
    """The page, and its parameters."""
    split = urlsplit(address)
    return address.partition("?")[0], {name: values[0] for name, values in parse_qs(split.query).items()}


def test_the_unified_page() -> None:
    """B5: portal, appId and sp; one client adds userType=person."""
    page = "https://portal.zjzwfw.gov.cn/uc/sso/login"

    assert parts(pages().unified_login("a b&c")) == (page, {"appId": "2000000001", "sp": "a b&c"})
    assert parts(pages().unified_login("s", persons_only=True))[1]["userType"] == "person"
    assert pages().unified_logout() == "https://portal.zjzwfw.gov.cn/uc/unifiedLogout"


@pytest.mark.parametrize(
    ("client", "page", "action"),
    [
        (ClassicClient.PC, "usp.do", {"action": "ssoLogin"}),
        (ClassicClient.APP, "mobile.do", {"action": "oauth", "scope": "1"}),
        (ClassicClient.ALIPAY, "alipay.do", {"action": "ssoLogin"}),
    ],
)
def test_the_classic_pages(client: ClassicClient, page: str, action: dict[str, str]) -> None:
    """B2: PC, app and Alipay."""
    address, query = parts(pages().classic_login("s1", client))

    assert address == f"https://puser.zjzwfw.gov.cn/sso/{page}"
    assert query == action | {"servicecode": "demosvc", "goto": "s1"}


def test_in_the_app_an_application_of_irs_names_its_callback() -> None:
    """B2: the IRS form is redirectUrl; the state stands in the callback's own query."""
    through_irs = pages(mode="irs_simple", access_key="ak", secret_key="sk")

    address, query = parts(through_irs.classic_login("s1", ClassicClient.APP))

    assert address == "https://puser.zjzwfw.gov.cn/sso/mobile.do"
    assert query == {"action": "oauth", "scope": "1", "servicecode": "ak", "redirectUrl": f"{CALLBACK}?sp=s1"}


@pytest.mark.parametrize(
    ("page", "action"),
    [
        (AccountPage.REGISTER, "register"),
        (AccountPage.EDIT_PASSWORD, "editPwd"),
        (AccountPage.FORGOT_PASSWORD, "forgotPwd"),
    ],
)
def test_the_accounts_own_pages(page: AccountPage, action: str) -> None:
    """B2: the same page with another action."""
    address, query = parts(pages().account(page, "s1"))

    assert address == "https://puser.zjzwfw.gov.cn/sso/usp.do"
    assert query == {"action": action, "servicecode": "demosvc", "goto": "s1"}


@pytest.mark.parametrize(
    ("way", "page", "action"),
    [
        (RaiseLevel.PC, "usp.do", "zfRedirect"),
        (RaiseLevel.PHONE_FACE, "mobile.do", "realname"),
        (RaiseLevel.PHONE_CARD, "mobile.do", "idcard"),
    ],
)
def test_raising_the_level(way: RaiseLevel, page: str, action: str) -> None:
    """B2: zfRedirect on a PC, realname or idcard on a phone."""
    address, query = parts(pages().raise_level(way, "s1"))

    assert (address, query["action"]) == (f"https://puser.zjzwfw.gov.cn/sso/{page}", action)


def test_the_companies_pages() -> None:
    """B6: spappurl is the callback with the state as goto; logging out goes on to the host that keeps the sign-on."""
    page, query = parts(pages().company_login("s1"))
    out, out_query = parts(pages().company_logout("https://gateway.example/"))

    assert page == "https://esso.zjzwfw.gov.cn/opensso/spsaehandler/metaAlias/sp"
    assert query == {"spappurl": f"{CALLBACK}?goto=s1"}
    assert out == "https://esso.zjzwfw.gov.cn/opensso/UI/Logout"
    assert parts(out_query["goto"]) == (
        "https://oauth.zjzwfw.gov.cn/oauth/logout.do",
        {"redirect": "https://gateway.example/"},
    )


def test_other_hosts_are_settings() -> None:
    """D: the test host of the companies' form, and any other."""
    test = pages(esso={"login_url": "https://essotest.zjzwfw.gov.cn/"}, callback_url=f"{CALLBACK}?keep=1")

    page, query = parts(test.company_login("s1"))

    assert page == "https://essotest.zjzwfw.gov.cn/opensso/spsaehandler/metaAlias/sp"
    assert query == {"spappurl": f"{CALLBACK}?keep=1&goto=s1"}
