"""Addresses of the platform's own pages, to which browsers are sent (wire-formats B2, B5, B6). Nothing is called here.

``state`` comes back beside the ticket: as ``sp`` on the unified and the classic form, as ``goto`` on the companies'.
Whoever takes it back checks it; it is never an address to go to.
"""

import enum
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from connectors.zheliban.settings import ZhelibanSettings


class ClassicClient(enum.StrEnum):
    """Where somebody is when they sign in by the classic form."""

    PC = "usp.do"
    APP = "mobile.do"
    ALIPAY = "alipay.do"


class AccountPage(enum.StrEnum):
    """What else the classic pages do with an account."""

    REGISTER = "register"
    EDIT_PASSWORD = "editPwd"  # noqa: S105 - a name
    FORGOT_PASSWORD = "forgotPwd"  # noqa: S105 - a name


class RaiseLevel(enum.StrEnum):
    """How somebody proves who they are: on a PC, on a phone by face, on a phone by card."""

    PC = "zfRedirect"
    PHONE_FACE = "realname"
    PHONE_CARD = "idcard"


class Pages:
    """Builds the addresses for one registration."""

    def __init__(self, settings: ZhelibanSettings) -> None:
        self.settings = settings
        self._portal = settings.portal_url.rstrip("/")
        self._classic = settings.simple.login_url.rstrip("/")
        self._company = settings.esso.login_url.rstrip("/")

    def unified_login(self, state: str, *, persons_only: bool = False) -> str:
        """The unified sign-on; ``persons_only`` leaves companies out, as one client in use does (B5)."""
        query = {"appId": self.settings.app_id, "sp": state}
        return _address(f"{self._portal}/uc/sso/login", query | ({"userType": "person"} if persons_only else {}))

    def unified_logout(self) -> str:
        """Where the unified sign-on's session ends (B5)."""
        return f"{self._portal}/uc/unifiedLogout"

    def classic_login(self, state: str, client: ClassicClient = ClassicClient.PC) -> str:
        """The classic sign-on (B2); in the app an application of IRS names its own callback, with the state in it."""
        action = {"action": "ssoLogin"}
        if client is ClassicClient.APP:
            action = {"action": "oauth", "scope": "1"}
            if self.settings.classic_through_irs:
                back = _address(self.settings.callback_url, {"sp": state})
                return self._at(client.value, action, {"redirectUrl": back})
        return self._at(client.value, action, {"goto": state})

    def account(self, page: AccountPage, state: str, client: ClassicClient = ClassicClient.PC) -> str:
        """Registering, and what belongs to passwords (B2): the same page with another action."""
        return self._at(client.value, {"action": page.value}, {"goto": state})

    def raise_level(self, way: RaiseLevel, state: str) -> str:
        """Where somebody raises their real-name level (B2)."""
        page = ClassicClient.PC if way is RaiseLevel.PC else ClassicClient.APP
        return self._at(page.value, {"action": way.value}, {"goto": state})

    def company_login(self, state: str) -> str:
        """The companies' sign-on (B6); it posts ``ssotoken`` to the callback, in whose query the state stands."""
        back = _address(self.settings.callback_url, {"goto": state})
        return _address(f"{self._company}/opensso/spsaehandler/metaAlias/sp", {"spappurl": back})

    def company_logout(self, back_to: str) -> str:
        """Where a company's session ends (B6): first there, then on the host that keeps the sign-on."""
        oauth = _address(f"{self.settings.esso.oauth_url.rstrip('/')}/oauth/logout.do", {"redirect": back_to})
        return _address(f"{self._company}/opensso/UI/Logout", {"goto": oauth})

    def _at(self, page: str, action: Mapping[str, str], more: Mapping[str, str]) -> str:
        code = {"servicecode": self.settings.classic_keys.servicecode}
        return _address(f"{self._classic}/sso/{page}", {**action, **code, **more})


def _address(page: str, query: Mapping[str, str]) -> str:
    joint = "&" if "?" in page else "?"
    return f"{page}{joint}{urlencode(query, quote_via=quote, safe='')}"
