"""The pages on which browsers choose who to be (wire-formats B2, B5, B6); what differs by form is a ``Door``."""

from collections.abc import Mapping, Sequence
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.app import Handler, Operation
from connectors.sandbox.html import error_page, page
from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.companies import CompanyAccount
from connectors.zheliban.sandbox.components import Scene
from connectors.zheliban.sandbox.desk import TicketDesk
from connectors.zheliban.sandbox.doors import Door, Doors
from connectors.zheliban.sandbox.fields import sent_by

_SHOWN = 40
_ROLES = {"citizen": "群众", "member": "政协委员", "official": "公职人员", "staff": "政协机关", "moderator": "审核员"}
_CHOICE = """
<p>沙箱环境，以下人物均为虚构。</p>
<form method="get" role="search">{hidden}
<label for="q">按姓名或编号查找</label><input type="search" id="q" name="q" value="{q}"> <button>查找</button></form>
<form method="post">{hidden}
<fieldset><legend>选择登录人（显示 {shown} 人，共 {total} 人）</legend>{people}</fieldset>
<p><button>登录</button></p></form>
"""
_BOTH = ("GET", "POST")


def login_operations(scene: Scene, desk: TicketDesk) -> list[Operation]:
    """Every page a browser is sent to; on the platform they stand on hosts of their own."""
    doors, pages = Doors(scene, desk), LoginPages(scene)
    classic, signed_out = pages.behind(doors.classic), _signed_out
    return [
        Operation("login", _BOTH, "/uc/sso/login", pages.behind(doors.unified)),
        Operation("logout", ("GET",), "/uc/unifiedLogout", signed_out),
        Operation("login.pc", _BOTH, "/sso/usp.do", classic),
        Operation("login.mobile", _BOTH, "/sso/mobile.do", classic),
        Operation("login.alipay", _BOTH, "/sso/alipay.do", classic),
        Operation("login.company", _BOTH, "/opensso/spsaehandler/metaAlias/sp", pages.behind(doors.company)),
        Operation("logout.company", ("GET",), "/opensso/UI/Logout", signed_out),
        Operation("logout.oauth", ("GET",), "/oauth/logout.do", signed_out),
    ]


class LoginPages:
    """Shows who can be chosen; keeps no session, so every sign-in asks anew."""

    def __init__(self, scene: Scene) -> None:
        self._people = scene.people
        self._companies = scene.companies

    def behind(self, door: Door) -> Handler:
        """The handler of one door: shows the choice, or acts on it."""

        async def handle(request: Request) -> Response:
            fields = await sent_by(request)
            refused = door.refused(fields)
            if refused is not None:
                return refused
            person = fields.get("person", "")
            if not person:
                return self._choice(door, fields)
            known = (door.people and person in self._people) or (door.companies and person in self._companies)
            left = door.left(person, fields) if known else None
            return left or error_page("没有这个人。")

        return handle

    def _choice(self, door: Door, fields: Mapping[str, str]) -> Response:
        wanted = fields.get("q", "").strip()
        natural = self._people.values() if door.people else ()
        legal = self._companies.values() if door.companies and fields.get("userType") != "person" else ()
        everybody = [*natural, *legal]
        people = [one for one in everybody if _fits(one, wanted)] if wanted else _sample(everybody)
        hidden = (
            f'<input type="hidden" name="{name}" value="{escape(fields[name])}">'
            for name in door.kept
            if name in fields
        )
        body = _CHOICE.format(
            hidden="".join(hidden),
            q=escape(wanted),
            shown=min(len(people), _SHOWN),
            total=len(everybody),
            people="".join(map(_row, people[:_SHOWN])),
        )
        return page(door.title, body)


async def _signed_out(_: Request) -> Response:
    return page("已退出登录", "<p>您已退出浙里办。</p>")


def _fits(one: PersonSeed | CompanyAccount, wanted: str) -> bool:
    return wanted in one.id or wanted in _name(one)


def _sample(everybody: Sequence[PersonSeed | CompanyAccount]) -> list[PersonSeed | CompanyAccount]:
    """Some of every kind, so that each role can be met without searching."""
    kinds: dict[tuple[str, ...], list[PersonSeed | CompanyAccount]] = {}
    for one in everybody:
        kinds.setdefault(one.roles if isinstance(one, PersonSeed) else ("company",), []).append(one)
    return [one for kind in kinds.values() for one in kind[: max(1, _SHOWN // len(kinds))]]


def _name(one: PersonSeed | CompanyAccount) -> str:
    return one.name if isinstance(one, PersonSeed) else f"{one.company.name}（经办人{one.agent.name}）"


def _row(one: PersonSeed | CompanyAccount) -> str:
    roles = "、".join(_ROLES[role] for role in one.roles if role in _ROLES) if isinstance(one, PersonSeed) else "法人"
    key = escape(one.id)
    text = f"{escape(_name(one))}（{roles}，{key}）"
    return f'<label><input type="radio" name="person" value="{key}" required> {text}</label>'
