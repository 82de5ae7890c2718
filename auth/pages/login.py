"""``/login``: the ways in. ``/login/{platform}``: off to one of them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.legs import LegFault
from auth.pages.cookies import LEG
from auth.pages.leg_faults import TROUBLES, trouble_of
from auth.pages.onward import onward_of
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from connectors.records.sign_in_leg import Way


class LoginPage:
    """Shows the ways in and begins legs; what comes back is ``LoginCallback``'s."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._broker = authority.broker
        self._legs = authority.legs
        self._pages = pages

    async def shown(self, request: Request) -> Response:
        """Let somebody choose how to sign in, also who is signed in already: they may want to be somebody else."""
        to = onward_of(request.query_params.get("to"))
        ways = self._broker.ways(request.headers.get("user-agent", ""))
        persons = [way for way in ways if not way.companies]
        companies = [way for way in ways if way.companies]
        return self._pages.show(
            request, "login", persons=persons, companies=companies, address_of=lambda way: _address(way, to)
        )

    async def begun(self, request: Request) -> Response:
        """Send the browser to the platform, by ``form`` or the platform's first one."""
        to, query = onward_of(request.query_params.get("to")), request.query_params
        here = await self._pages.session(request)
        with trouble_of(back=login_first(to)):
            leg = await self._legs.begin(
                request.path_params["platform"],
                query.get("form"),
                to=to,
                sid=None if here is None else here.sid,
                user_agent=request.headers.get("user-agent", ""),
            )
        answer = see_other(leg.address)
        self._pages.cookies.write(answer, LEG, leg.sealed)
        return answer

    async def failed(self, request: Request) -> Response:
        """Say why a leg led nowhere, at an address that holds no ticket."""
        query = request.query_params
        to, trouble = onward_of(query.get("to")), _NAMED.get(query.get("why", ""), Trouble.NOT_FOUND)
        raise PageError(trouble, back=to if query.get("back") == "there" else login_first(to))


def failed_address(trouble: Trouble, to: str, *, linking: bool = False) -> str:
    """Where that is said; the page leads back to ``/login``, or after linking to where that was begun."""
    return f"/login/failed?{urlencode({'why': trouble.code, 'to': to} | ({'back': 'there'} if linking else {}))}"


def login_first(to: str) -> str:
    """Where one signs in before going there."""
    return f"/login?{urlencode({'to': to})}"


def _address(way: Way, to: str) -> str:
    return f"/login/{way.platform}?{urlencode({'form': way.form.value, 'to': to})}"


_NAMED: Mapping[str, Trouble] = {
    trouble.code: trouble
    for trouble in (*TROUBLES.values(), Trouble.BUSY)
    if trouble is not TROUBLES[LegFault.NO_SUCH_WAY]
}
