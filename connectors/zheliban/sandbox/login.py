"""The sign-in page for browsers: choose who to be, and go back to the application with a ticket (wire-formats B5)."""

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.tickets import TicketBook
from connectors.zheliban.settings import ZhelibanSettings

_SHOWN = 40
_ROLES = {"citizen": "群众", "member": "政协委员", "official": "公职人员", "staff": "政协机关", "moderator": "审核员"}
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font:1.1rem/1.6 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}}
label{{display:block;padding:.3rem 0}}button,input[type=search]{{font:inherit;padding:.4rem 1rem}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""
_CHOICE = """
<p>沙箱环境，以下人物均为虚构。</p>
<form method="get" role="search">{hidden}
<label for="q">按姓名或编号查找</label><input type="search" id="q" name="q" value="{q}"> <button>查找</button></form>
<form method="post">{hidden}
<fieldset><legend>选择登录人（显示 {shown} 人，共 {total} 人）</legend>{people}</fieldset>
<p><button>登录</button></p></form>
"""


class LoginPages:
    """Serves ``/uc/sso/login`` and ``/uc/unifiedLogout``; keeps no session, so every sign-in asks anew."""

    def __init__(self, settings: ZhelibanSettings, people: Mapping[str, PersonSeed], tickets: TicketBook) -> None:
        self._app_id = settings.app_id
        self._callback_url = settings.callback_url
        self._people = people
        self._tickets = tickets

    async def login(self, request: Request) -> Response:
        """Show the choice, or act on it; an application that is not registered gets an error page."""
        fields = dict(parse_qsl(request.url.query, keep_blank_values=True))
        if request.method == "POST":
            fields |= dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        if fields.get("appId") != self._app_id:
            return _page("无法登录", "<p>应用未注册，请从应用入口重新进入。</p>", 400)
        person = fields.get("person", "")
        if not person:
            return self._choice(fields)
        if person not in self._people:
            return _page("无法登录", "<p>没有这个人。</p>", 400)
        return self._back(person, fields.get("sp"))

    async def logout(self, _: Request) -> Response:
        """Say that one is signed out."""
        return _page("已退出登录", "<p>您已退出浙里办。</p>", 200)

    def _back(self, person: str, sp: str | None) -> Response:
        answer = {"ticketId": self._tickets.issue(person, self._app_id)} | ({"sp": sp} if sp is not None else {})
        joint = "&" if "?" in self._callback_url else "?"
        return RedirectResponse(f"{self._callback_url}{joint}{urlencode(answer)}", 302, {"Cache-Control": "no-store"})

    def _choice(self, fields: Mapping[str, str]) -> Response:
        wanted = fields.get("q", "").strip()
        people = [p for p in self._people.values() if wanted in p.name or wanted in p.id] if wanted else self._sample()
        body = _CHOICE.format(
            hidden="".join(
                f'<input type="hidden" name="{name}" value="{escape(fields[name])}">'
                for name in ("appId", "sp")
                if name in fields
            ),
            q=escape(wanted),
            shown=min(len(people), _SHOWN),
            total=len(self._people),
            people="".join(map(_row, people[:_SHOWN])),
        )
        return _page("浙里办 · 登录", body, 200)

    def _sample(self) -> list[PersonSeed]:
        """Some of every kind, so that each role can be met without searching."""
        kinds: dict[tuple[str, ...], list[PersonSeed]] = {}
        for person in self._people.values():
            kinds.setdefault(person.roles, []).append(person)
        return [person for kind in kinds.values() for person in kind[: max(1, _SHOWN // len(kinds))]]


def _row(person: PersonSeed) -> str:
    roles = "、".join(_ROLES[role] for role in person.roles if role in _ROLES)
    key = escape(person.id)
    text = f"{escape(person.name)}（{roles}，{key}）"
    return f'<label><input type="radio" name="person" value="{key}" required> {text}</label>'


def _page(title: str, body: str, status: int) -> Response:
    return HTMLResponse(_PAGE.format(title=title, body=body), status, {"Cache-Control": "no-store"})
