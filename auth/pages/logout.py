"""The page to sign out on: asks before anything ends, and says that it did."""

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.logouts.request import LogoutRequest, LogoutRequests
from auth.pages.cookies import SESSION
from auth.pages.onward import form_source
from auth.pages.page import Pages, see_other

HERE = "/logout"


class LogoutPage:
    """``/logout``; a client's request, if there is one, is sealed into the address (``LogoutRequests``)."""

    def __init__(self, authority: Authority, pages: Pages, requests: LogoutRequests) -> None:
        self._authority = authority
        self._pages = pages
        self._requests = requests

    async def shown(self, request: Request) -> Response:
        """Ask who is signed in; whoever is not is told so, or goes back to the client."""
        sealed = request.query_params.get("request")
        asked = self._requests.unsealed(sealed) or LogoutRequest()
        session = await self._pages.session(request)
        if session is None:
            return see_other(asked.leads_to) if asked.leads_to else self._pages.show(request, "signed_out")
        leads_to = [form_source(asked.leads_to)] if asked.leads_to else []
        kept = None if asked == LogoutRequest() else sealed
        return self._pages.show(request, "logout", leads_to=leads_to, session=session, client=asked.client, sealed=kept)

    async def sent(self, request: Request) -> Response:
        """End the session of this browser."""
        form = await self._pages.posted(request)
        asked = self._requests.unsealed(form.get("request")) or LogoutRequest()
        session = await self._pages.session(request)
        if session is not None:
            await self._authority.endings.session(session.sid)
        answer = see_other(asked.leads_to or HERE)
        self._pages.cookies.drop(answer, SESSION)
        return answer
