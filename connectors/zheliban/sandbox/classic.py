"""The classic sign-on, ``simpleauth``: direct (wire-formats B2) and through IRS (B4), codes in the order of F9."""

import hmac
import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.app import Handler
from connectors.sandbox.faults import platform_time, tokens_ended
from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.answers import as_json
from connectors.zheliban.sandbox.classic_user import classic_userid, user_fields
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.desk import TicketDesk
from connectors.zheliban.sandbox.fields import sent_by
from connectors.zheliban.sandbox.tickets import Issued, Lost
from connectors.zheliban.signing import moment_of_beijing, simple_sign

_LONGEST = 50
_METHODS = ("ticketValidation", "getUserInfo")
_TICKET_CODES = {Lost.UNKNOWN: "6002", Lost.ENDED: "6001", Lost.FOREIGN: "6003"}
_TOKEN_CODES = {Lost.UNKNOWN: "6502", Lost.ENDED: "6501", Lost.FOREIGN: "6504"}
_WORDS = {
    "0": "成功",
    "6001": "票据超时",
    "6002": "无此票据",
    "6003": "非本应用票据",
    "6004": "票据格式错误",
    "6099": "其他票据错误",
    "6501": "令牌超时",
    "6502": "无此令牌",
    "6503": "获取用户失败",
    "6504": "非本应用令牌",
    "6505": "令牌格式错误",
    "6599": "其他令牌错误",
    "9800": "方法不存在",
    "9900": "接入代码不存在",
    "9901": "签名错误",
    "9902": "时间格式错误",
    "9903": "来源地址不允许",
    "9904": "服务已停用",
}
_LATE_REFUSALS = {"6099": "ticketValidation", "6503": "getUserInfo", "6599": "getUserInfo"}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
Fields = Mapping[str, str]


def classic_components(scene: Scene, desk: TicketDesk) -> tuple[Component, Component]:
    """The two methods as components of the sandbox; each serves its own only."""
    classic, settings = ClassicSignOn(scene, desk), scene.settings
    codes, path = settings.irs.components, settings.simple.path
    key, secret = settings.access_key, settings.secret_key.get_secret_value()
    ticket, user = (classic.serving(key, secret, (method,)) for method in _METHODS)
    return (
        Component(codes.simple_ticket, [Served("simple.ticketValidation", "POST", path, ticket)]),
        Component(codes.simple_user, [Served("simple.getUserInfo", "POST", path, user)]),
    )


class ClassicSignOn:
    """Validates tickets and tells users; what refuses answers HTTP 200 with a code."""

    def __init__(self, scene: Scene, desk: TicketDesk) -> None:
        self._settings = scene.settings
        self._clock = scene.clock
        self._desk = desk

    def direct(self) -> Handler:
        """The handler for calls that go around IRS, with an application's own code and password."""
        simple = self._settings.simple
        return self.serving(simple.servicecode, simple.servicepwd.get_secret_value(), _METHODS)

    def serving(self, servicecode: str, servicepwd: str, methods: tuple[str, ...]) -> Handler:
        """A handler for that one application and these methods; parameters come as a form, in the query, or both."""

        async def handle(request: Request) -> Response:
            sent = await sent_by(request)
            now = platform_time(request, self._clock)
            code = self._unproven(sent, servicecode, servicepwd, now) or self._refusal(sent, methods)
            if code is None:
                serve = self._ticket_validation if sent["method"] == "ticketValidation" else self._user_info
                code, fields = serve(sent, servicecode, self._clock(), ended=tokens_ended(request))
            else:
                fields = {}
            return self._answer({"result": code, "errmsg": _WORDS[code]} | fields, sent)

        return handle

    def _unproven(self, sent: Fields, servicecode: str, servicepwd: str, now: float) -> str | None:
        """Why the call does not prove itself: code, time (unreadable or stale), signature."""
        if not servicecode or sent.get("servicecode") != servicecode:
            return "9900"
        time = sent.get("time", "")
        moment = moment_of_beijing(time)
        if moment is None or abs(now - moment) > self._settings.sandbox.simple_skew_s:
            return "9902"
        expected = simple_sign(servicecode, servicepwd, time)
        return None if hmac.compare_digest(sent.get("sign", "").encode(), expected.encode()) else "9901"

    def _refusal(self, sent: Fields, methods: tuple[str, ...]) -> str | None:
        """Why a proven call is not served: as the settings wish it, or for its method."""
        wished, method = self._settings.sandbox.simple_refusal, sent.get("method")
        if wished and wished not in _LATE_REFUSALS:
            return wished
        if method not in methods:
            return "9800"
        return wished if wished and _LATE_REFUSALS[wished] == method else None

    def _ticket_validation(
        self, sent: Fields, servicecode: str, now: float, *, ended: bool
    ) -> tuple[str, dict[str, str]]:
        del ended  # a ticket is no token
        ticket = sent.get("st", "")
        if not 0 < len(ticket) <= _LONGEST:
            return "6004", {}
        issued = self._desk.classic_tickets.use(ticket, servicecode, now)
        if isinstance(issued, Lost):
            return _TICKET_CODES[issued], {}
        person = self._person(issued)
        token = self._desk.classic_tokens.issue(issued.holder, servicecode, now)
        names = {"loginname": f"demo_{person.id}", "username": person.name}
        return "0", {"token": token, "userid": classic_userid(person, self._settings), "orgcoding": "", **names}

    def _user_info(self, sent: Fields, servicecode: str, now: float, *, ended: bool) -> tuple[str, dict[str, str]]:
        token = sent.get("token", "")
        if not 0 < len(token) <= _LONGEST:
            return "6505", {}
        issued = self._desk.classic_tokens.look(token, servicecode, now)
        if isinstance(issued, Lost) or ended:
            return _TOKEN_CODES[issued if isinstance(issued, Lost) else Lost.ENDED], {}
        return "0", user_fields(self._person(issued), self._settings)

    def _person(self, issued: Issued) -> PersonSeed:
        person = self._desk.holder(issued.holder)
        if not isinstance(person, PersonSeed):
            raise TypeError("a classic ticket of somebody who is no natural person")
        return person

    def _answer(self, fields: dict[str, str], sent: Fields) -> Response:
        """JSON where it was asked for, else XML; numbers in JSON where the settings wish them."""
        if sent.get("datatype") != "json":
            rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
            return Response(
                f'<?xml version="1.0" encoding="UTF-8"?><root>{rows}</root>', media_type="text/xml; charset=utf-8"
            )
        shown: Callable[[str], str | int] = _numbered if self._settings.sandbox.simple_numbers else str
        return as_json({name: shown(value) if name in _CODED else value for name, value in fields.items()})


_CODED = frozenset({"result", "authlevel", "idtype", "sex", "useable"})


def _numbered(value: str) -> str | int:
    return int(value) if _NUMBER.fullmatch(value) else value
