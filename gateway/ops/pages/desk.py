"""What the pages for operators share: who gets in, and how a page is shown."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.pages.login import login_first
from auth.pages.login_factor import factor_first
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from gateway.ops.entrance import Operator
from gateway.ops.pages.drawing import Files
from gateway.ops.pages.theme import COOKIE, PARAMETER, Theme, theme_of
from gateway.ops.pages.timeline import FIELDS
from gateway.ops.refusal import OpsRefusedError

Then = Callable[[Request, Operator], Awaitable[Response]]
_FORBIDDEN = 403
_ABOUT = frozenset({*FIELDS, "act"})
"""The parameters that say what a page is about, in whatever language and colours."""
_TROUBLES = {"OPERATOR_STORE_AWAY": Trouble.BUSY, "OPERATOR_FROM_ELSEWHERE": Trouble.FROM_ELSEWHERE}


class LetsIn(Protocol):
    """The entrance; both raise ``OpsRefusedError``."""

    async def operator(self, request: Request) -> Operator:
        """Who looks."""

    async def acting(self, request: Request) -> Operator:
        """Who does something."""


class Desk:
    """One per process; ``pages`` are made with our templates, and let scripts run."""

    def __init__(self, pages: Pages, entrance: LetsIn, files: Files) -> None:
        self.pages = pages
        self._entrance = entrance
        self._files = files

    async def let_in(self, request: Request, then: Then) -> Response:
        """Go on with the operator; send everybody else to what they lack, and back here. Raises ``PageError``."""
        try:
            operator = await self._entrance.operator(request)
        except OpsRefusedError as error:
            return self._sent_away(request, error, place_of(request))
        return await then(request, operator)

    async def let_act(self, request: Request, then: Then, here: str) -> Response:
        """Go on with an operator who may act; the others come back to ``here``. Raises ``PageError``."""
        try:
            operator = await self._entrance.acting(request)
        except OpsRefusedError as error:
            return self._sent_away(request, error, here)
        return await then(request, operator)

    def show(self, request: Request, name: str, status: int = 200, here: str | None = None, **facts: Any) -> Response:
        """Answer one of our pages; ``here`` is its address by GET, if that is another one."""
        theme = theme_of(request, self.pages.cookies.read(request, COOKIE))
        place = here or place_of(request)
        facts |= {"files": self._files, "theme": theme, "address": lambda **changes: changed(place, **changes)}
        answer = self.pages.show(request, name, status, **facts)
        if request.query_params.get(PARAMETER) in set(Theme):
            self.pages.cookies.write(answer, COOKIE, theme.value)
        return answer

    def _sent_away(self, request: Request, error: OpsRefusedError, here: str) -> Response:
        if error.code == "OPERATOR_SIGN_IN_NEEDED":
            return see_other(login_first(here))
        if error.code in {"OPERATOR_FACTOR_NEEDED", "OPERATOR_FACTOR_OLD"}:
            return see_other(factor_first(here))
        if error.code in _TROUBLES:
            raise PageError(_TROUBLES[error.code], place="/ops", back="/ops") from error
        return self.show(request, "not_ops", _FORBIDDEN)


def place_of(request: Request) -> str:
    """This page's address with what it is about, and nothing else."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in _ABOUT and value]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def changed(place: str, **changes: str) -> str:
    """An address with more parameters, which it does not have yet."""
    more = urlencode({name: str(value) for name, value in changes.items()})
    return f"{place}{'&' if '?' in place else '?'}{more}" if more else place
