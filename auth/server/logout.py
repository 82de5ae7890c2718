"""A client sends the person here to sign out (OpenID Connect RP-Initiated Logout 1.0).

The flow, by what is known::

    a hint of this browser's session   it ends at once, and the browser goes back to the client
    nobody signed in here              the hint's session ends, if it was one; back to the client
    anything else                      the person is asked, on the page ``/logout``: another site may have sent them
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.logouts.hints import Hint
from auth.logouts.request import LogoutRequest, LogoutRequestError, LogoutRequests
from auth.pages.cookies import SESSION
from auth.pages.forms import read_form
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from auth.sessions import Session

SIGNED_OUT = "/logout"
_KNOWN = ("id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales")
_CARRIED = "continue"


class LogoutEndpoint:
    """``GET`` and ``POST /oauth/logout``."""

    def __init__(self, authority: Authority, pages: Pages, requests: LogoutRequests) -> None:
        self._authority = authority
        self._pages = pages
        self._requests = requests

    async def posted(self, request: Request) -> Response:
        """Go on by GET: a browser sends no session's cookie with a form of another site."""
        form = await read_form(request)
        parameters = _once({name: form.all(name) for name in _KNOWN})
        return see_other(f"/oauth/logout?{urlencode({_CARRIED: self._requests.carried(parameters)})}")

    async def asked(self, request: Request) -> Response:
        """Sign out, or have the person asked."""
        parameters = self._parameters(request)
        try:
            asked, hint = await self._requests.read(parameters)
        except LogoutRequestError as error:
            raise _wrong(Trouble.LOGOUT_REQUEST_WRONG) from error
        session = await self._pages.session(request)
        if session is None:
            await self._end(hint)
            return self._gone(request, asked)
        if hint is not None and _is_of(hint, session):
            await self._end(hint)
            return self._gone(request, asked)
        return see_other(_question(self._requests.sealed(asked), parameters.get("ui_locales")))

    def _parameters(self, request: Request) -> Mapping[str, str]:
        pairs = parse_qsl(request.url.query, keep_blank_values=True)
        values = {name: [value for known, value in pairs if known == name and value] for name in (*_KNOWN, _CARRIED)}
        carried = values.pop(_CARRIED)
        if not carried:
            return _once(values)
        parameters = self._requests.uncarried(carried[0])
        if parameters is None:
            raise _wrong(Trouble.REQUEST_ENDED)
        return parameters

    async def _end(self, hint: Hint | None) -> None:
        if hint is not None and hint.sid is not None:
            await self._authority.endings.session(hint.sid)

    def _gone(self, request: Request, asked: LogoutRequest) -> Response:
        answer = see_other(asked.leads_to or SIGNED_OUT)
        if self._pages.cookies.read(request, SESSION) is not None:
            self._pages.cookies.drop(answer, SESSION)
        return answer


def _is_of(hint: Hint, session: Session) -> bool:
    return (hint.sid, hint.subject) == (session.sid, session.person_id)


def _once(values: Mapping[str, list[str]]) -> dict[str, str]:
    """Each parameter at most once (RFC 6749 section 3.1); raises ``PageError``."""
    if any(len(sent) > 1 for sent in values.values()):
        raise _wrong(Trouble.LOGOUT_REQUEST_WRONG)
    return {name: sent[0] for name, sent in values.items() if sent}


def _wrong(trouble: Trouble) -> PageError:
    """What was sent is not to be repeated in the page's own links."""
    return PageError(trouble, back=SIGNED_OUT, place=SIGNED_OUT)


def _question(sealed: str, locales: str | None) -> str:
    """The page that asks, in the first language of ours that the client names."""
    tags = (tag.partition("-")[0].lower() for tag in (locales or "")[:200].split())
    language = next((tag for tag in tags if tag in {"zh", "en"}), None)
    return f"{SIGNED_OUT}?{urlencode({'request': sealed} | ({'lang': language} if language else {}))}"
