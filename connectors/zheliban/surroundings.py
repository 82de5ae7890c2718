"""Where a page of ours is shown inside the citizen app's world, and how it should look there (wire-formats B8).

Pure: a page's user agent and what the app's own bridge (``ZWJSBridge``) told the page go in, records' terms come out.
The hints are the visitor's word: they choose wording and size of letters, never what somebody may see.
"""

import enum
import re
from urllib.parse import quote, urlencode

_APP, _ALIPAY, _MINI_PROGRAM, _WECHAT = "dtdreamweb", "alipay", "miniprogram", "micromessenger"
_APP_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PAGES = "https://mapi.zjzwfw.gov.cn"
_PHONE = re.compile(r"\+?[0-9][-0-9 ().（）\u2010-\u2015]*")
_APART = re.compile(r"[^+0-9]")

MOST_PACKAGE_BYTES = 20 * 1024 * 1024
"""A published package of pages must stay below."""


class Surroundings(enum.StrEnum):
    """What a page is opened in."""

    APP = "app"  # 浙里办
    ALIPAY = "alipay"  # its mini-program in Alipay
    WECHAT = "wechat"  # its mini-program in WeChat, or WeChat itself
    BROWSER = "browser"

    @property
    def has_bridge(self) -> bool:
        """Whether ``ZWJSBridge`` gives tickets there; elsewhere one signs in by a page."""
        return self is not Surroundings.BROWSER


class VisitorKind(enum.StrEnum):
    """For whom the app was opened."""

    PERSON = "person"
    LEGAL_PERSON = "legal-person"


def surroundings_of(user_agent: str | None) -> Surroundings:
    """Tell by the user agent, in any case; what is not known is a browser.

    Both mini-programs say ``miniprogram``; Alipay's names itself beside it.
    """
    agent = (user_agent or "").lower()
    if _APP in agent:
        return Surroundings.APP
    if _MINI_PROGRAM in agent and _ALIPAY in agent:
        return Surroundings.ALIPAY
    return Surroundings.WECHAT if _WECHAT in agent or _MINI_PROGRAM in agent else Surroundings.BROWSER


def wants_elder_mode(ui_style: str | None) -> bool:
    """Whether ``getUiStyle`` said so (``normal`` or ``elder``); a page without a bridge asks for it by a link."""
    return ui_style == "elder"


def visitor_kind(user_type: str | None) -> VisitorKind | None:
    """What ``getUserType`` said: 0 and 1 are a person, 2 a legal person; None for what is not known."""
    if user_type in {"0", "1"}:
        return VisitorKind.PERSON
    return VisitorKind.LEGAL_PERSON if user_type == "2" else None


def page_address(app_id: str, route: str = "", *, host: str = _PAGES, **query: str) -> str:
    """The address of a published page; ``route`` is the page's own, behind the ``#`` of its router.

    Raises ``ValueError`` for an application id there cannot be: it would lead elsewhere.
    """
    if not _APP_ID.fullmatch(app_id):
        raise ValueError("not an application id")
    asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
    fragment = f"#/{quote(route.lstrip('/'))}" if route else ""
    return f"{host}/web/mgop/gov-open/zj/{app_id}/reserved/index.html{asked}{fragment}"


def dialled(phone: str) -> str | None:
    """The link by which a page lets one call a number, as the app's reviewers ask; None where there is no number.

    A plus before it stays; what stands behind it, an extension or a second number, is no part of it.
    """
    found = _PHONE.search(phone)
    return f"tel:{_APART.sub('', found[0])}" if found else None
