"""The sign-in pages for browsers, by form: which application comes, who can be chosen, how one goes back.

The pages themselves are ``login.py``'s. Nobody is ever sent to an address that is not the application's callback.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from connectors.sandbox.html import NO_STORE, error_page, page
from connectors.zheliban.sandbox.components import Scene
from connectors.zheliban.sandbox.desk import TicketDesk

Fields = Mapping[str, str]

_POST_BACK = """
<form method="post" action="{action}"><input type="hidden" name="ssotoken" value="{token}">
<p>正在返回应用。如页面没有自动跳转，请点击按钮。</p><p><button>继续</button></p></form>
<script>document.forms[0].submit()</script>
"""
_ELSEWHERE = {
    "register": "注册",
    "editPwd": "修改密码",
    "forgotPwd": "找回密码",
    "zfRedirect": "提升实名等级",
    "realname": "提升实名等级",
    "idcard": "提升实名等级",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One way to sign in. ``kept`` are the parameters that the page carries along.

    ``refused`` makes the answer for who may not come in this way, None for all others; ``left`` makes the answer for
    a person who was chosen, None where there is no such person here.
    """

    title: str
    kept: tuple[str, ...]
    people: bool
    companies: bool
    refused: Callable[[Fields], Response | None]
    left: Callable[[str, Fields], Response | None]


class Doors:
    """The doors of one sandbox."""

    def __init__(self, scene: Scene, desk: TicketDesk) -> None:
        self._settings = scene.settings
        self._desk = desk
        servicecodes = {scene.settings.simple.servicecode, scene.settings.access_key}
        self._servicecodes = frozenset(code for code in servicecodes if code)
        self.unified = Door(
            "浙里办 · 登录",
            ("appId", "sp", "userType"),
            people=True,
            companies=True,
            refused=lambda sent: None if sent.get("appId") == self._settings.app_id else _not_registered(),
            left=self._by_unified,
        )
        classic = ("action", "scope", "servicecode", "goto", "redirectUrl")
        self.classic = Door(
            "浙江政务服务网 · 个人登录",
            classic,
            people=True,
            companies=False,
            refused=self._classic_refused,
            left=self._by_classic,
        )
        self.company = Door(
            "浙江政务服务网 · 法人登录",
            ("spappurl", "goto"),
            people=False,
            companies=True,
            refused=lambda sent: None if self._is_ours(sent.get("spappurl", "")) else _not_registered(),
            left=self._by_company,
        )

    def _by_unified(self, person: str, sent: Fields) -> Response | None:
        ticket = self._desk.unified(person, self._settings.app_id)
        if ticket is None:
            return None
        return _redirected(self._settings.callback_url, {"ticketId": ticket} | _passed(sent, "sp", "sp"))

    def _classic_refused(self, sent: Fields) -> Response | None:
        if sent.get("servicecode") not in self._servicecodes or not self._is_ours(self._back_to(sent)):
            return _not_registered()
        action = sent.get("action", "")
        if action in _ELSEWHERE:
            return page(_ELSEWHERE[action], "<p>沙箱环境中没有这项服务。</p>")
        return None if action in {"ssoLogin", "oauth"} else error_page("没有这个页面。")

    def _by_classic(self, person: str, sent: Fields) -> Response | None:
        ticket = self._desk.classic(person, sent["servicecode"])
        if ticket is None:
            return None
        return _redirected(self._back_to(sent), {"ticket": ticket} | _passed(sent, "goto", "sp"))

    def _by_company(self, account: str, sent: Fields) -> Response | None:
        """Post the token back: a form that sends itself, and a button for who has no JavaScript."""
        token = self._desk.company(account)
        if token is None:
            return None
        target = _with_query(sent["spappurl"], _passed(sent, "goto", "goto"))
        return page("登录成功", _POST_BACK.format(action=escape(target), token=escape(token)))

    def _back_to(self, sent: Fields) -> str:
        """Where the classic pages send one: the callback, or what an application in IRS names instead."""
        return sent.get("redirectUrl") or self._settings.callback_url

    def _is_ours(self, address: str) -> bool:
        """Whether an address is the registered callback, with any parameters of its own."""
        callback = self._settings.callback_url
        return address == callback or address.startswith((f"{callback}?", f"{callback}&"))


def _not_registered() -> Response:
    return error_page("应用未注册，请从应用入口重新进入。")


def _passed(sent: Fields, name: str, as_name: str) -> dict[str, str]:
    return {as_name: sent[name]} if name in sent else {}


def _with_query(address: str, query: Mapping[str, str]) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(query)}" if query else address


def _redirected(address: str, query: Mapping[str, str]) -> Response:
    return RedirectResponse(_with_query(address, query), 302, NO_STORE)
