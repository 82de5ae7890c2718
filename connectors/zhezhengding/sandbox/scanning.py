"""The QR page for desktops: choose who scans, and go back to the application with a code (wire-formats A4.5)."""

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from connectors.sandbox.app import Operation
from connectors.sandbox.html import NO_STORE, error_page, page
from connectors.sandbox.world import Account, PersonSeed
from connectors.zhezhengding.sandbox.codes import CodeBook
from connectors.zhezhengding.settings import ZhezhengdingSettings

_SHOWN = 40
_CARRIED = ("response_type", "client_id", "redirect_uri", "scope", "authType", "state", "embedMode")
_ROLES = {"citizen": "群众", "member": "政协委员", "official": "公职人员", "staff": "政协机关", "moderator": "审核员"}
_CHOICE = """
<p>沙箱环境，以下人物均为虚构。真实平台此处显示二维码。</p>
<form method="get" role="search">{hidden}
<label for="q">按姓名或编号查找</label><input type="search" id="q" name="q" value="{q}"> <button>查找</button></form>
<form method="post">{hidden}
<fieldset><legend>选择扫码人（显示 {shown} 人，共 {total} 人）</legend>{people}</fieldset>
<p><button>扫码登录</button></p></form>
"""
_MESSAGE = "<p>已扫码，请稍候。</p><script>window.parent.postMessage({message},{origin})</script>"


class ScanPage:
    """Serves ``/oauth2/auth.htm``; keeps no session, so every sign-in asks anew."""

    def __init__(
        self, settings: ZhezhengdingSettings, people: Mapping[str, tuple[PersonSeed, Account]], codes: CodeBook
    ) -> None:
        self._qr = settings.qr
        self._people = {key: person for key, (person, _) in people.items()}
        self._codes = codes

    def operations(self) -> list[Operation]:
        """What it answers: a page, unsigned."""
        return [Operation("login", ("GET", "POST"), "/oauth2/auth.htm", self.page)]

    async def page(self, request: Request) -> Response:
        """Show the choice, or act on it; what is not registered gets an error page."""
        fields = dict(parse_qsl(request.url.query, keep_blank_values=True))
        if request.method == "POST":
            fields |= dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        wrong = self._wrong(fields)
        if wrong:
            return error_page(wrong)
        person = fields.get("person", "")
        if not person:
            return self._choice(fields)
        if person not in self._people:
            return error_page("没有这个人。")
        return self._back(person, fields)

    def _wrong(self, fields: Mapping[str, str]) -> str:
        """What is not as registered; the callback's domain counts, its path is the application's own business."""
        if not self._qr.client_id or fields.get("client_id") != self._qr.client_id:
            return "应用未注册（client_id）。"
        if fields.get("response_type") != "code":
            return "response_type 应为 code。"
        wanted, registered = _domain(fields.get("redirect_uri", "")), _domain(self._qr.callback_url)
        return "" if wanted and wanted == registered else "回调域名与登记不符（redirect_uri）。"

    def _back(self, person: str, fields: Mapping[str, str]) -> Response:
        parts = urlsplit(fields["redirect_uri"])
        answer = {"code": self._codes.issue(person)} | ({"state": fields["state"]} if "state" in fields else {})
        if fields.get("embedMode") == "true":
            message, origin = _script(answer), _script(f"{parts.scheme}://{parts.netloc}")
            return page("浙政钉 · 扫码登录", _MESSAGE.format(message=message, origin=origin), 200)
        query = "&".join(filter(None, (parts.query, urlencode(answer))))
        return RedirectResponse(parts._replace(query=query).geturl(), 302, NO_STORE)

    def _choice(self, fields: Mapping[str, str]) -> Response:
        wanted = fields.get("q", "").strip()
        people = [p for p in self._people.values() if wanted in p.name or wanted in p.id] if wanted else self._sample()
        hidden = (
            f'<input type="hidden" name="{name}" value="{escape(fields[name])}">' for name in _CARRIED if name in fields
        )
        body = _CHOICE.format(
            hidden="".join(hidden),
            q=escape(wanted),
            shown=min(len(people), _SHOWN),
            total=len(self._people),
            people="".join(map(_row, people[:_SHOWN])),
        )
        return page("浙政钉 · 扫码登录", body, 200)

    def _sample(self) -> list[PersonSeed]:
        """Some of every kind, so that each role can be met without searching."""
        kinds: dict[tuple[str, ...], list[PersonSeed]] = {}
        for person in self._people.values():
            kinds.setdefault(person.roles, []).append(person)
        return [person for kind in kinds.values() for person in kind[: max(1, _SHOWN // len(kinds))]]


def _domain(address: str) -> str:
    """The host name of an http address; empty for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def _script(value: object) -> str:
    """JSON that may stand in a script element."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _row(person: PersonSeed) -> str:
    roles = "、".join(_ROLES[role] for role in person.roles if role in _ROLES)
    key = escape(person.id)
    text = f"{escape(person.name)}（{roles + '，' if roles else ''}{key}）"
    return f'<label><input type="radio" name="person" value="{key}" required> {text}</label>'
