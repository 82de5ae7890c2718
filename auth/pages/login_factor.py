"""``/login/factor``: the second step of a sign-in, where something asked for needs it."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.factor.factors import Proved, Verdict
from auth.pages.cookies import SESSION
from auth.pages.login import login_first
from auth.pages.onward import form_source, onward_of
from auth.pages.page import Pages, see_other

_WRONG, _LOCKED = 422, 429


class LoginFactorPage:
    """Asks the person who is signed in for a code, and goes on to ``to`` with a better session."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._factors = authority.second_factor.factors
        self._authorizations = authority.authorizations
        self._pages = pages

    async def asked(self, request: Request) -> Response:
        """Show the form; also to who proved the factor before, because an act may want it again."""
        to = onward_of(request.query_params.get("to"))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(factor_first(to)))
        if await self._factors.held(session.person_id) is None:
            return self._pages.show(request, "login_factor_none", to=to)
        return self._form(request, to, 200)

    async def sent(self, request: Request) -> Response:
        """Take the code."""
        form = await self._pages.posted(request)
        to = onward_of(form.get("to"))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(factor_first(to)))
        proved = await self._factors.prove(session, form.get("code") or "")
        if proved.verdict is Verdict.SESSION_ENDED:
            return see_other(login_first(factor_first(to)))
        if proved.verdict is Verdict.NONE_ENROLLED:
            return see_other(factor_first(to))
        if proved.secret is None:
            return self._form(request, to, _WRONG if proved.until is None else _LOCKED, proved)
        answer = see_other(to)
        self._pages.cookies.write(answer, SESSION, proved.secret)
        return answer

    def _form(self, request: Request, to: str, status: int, proved: Proved | None = None) -> Response:
        ends_at = self._authorizations.ends_at(to)
        return self._pages.show(
            request,
            "login_factor",
            status,
            leads_to=[] if ends_at is None else [form_source(ends_at)],
            to=to,
            verdict=proved and proved.verdict.name,
            until=proved and proved.until,
            place=factor_first(to),
        )


def factor_first(to: str) -> str:
    """Where one proves the second factor before going there."""
    return f"/login/factor?{urlencode({'to': to})}"
