"""``/account/link``: off to a second platform, to prove that an account there is one's own.

The form is answered by a page with a link, not by a redirect: browsers hold what a form leads to against
``form-action`` (CSP Level 3), and a platform's addresses are its own business.
"""

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.legs import Purpose
from auth.pages.account import PLACE
from auth.pages.cookies import LEG
from auth.pages.leg_faults import trouble_of
from auth.pages.login import login_first
from auth.pages.page import Pages, see_other
from auth.pages.proof_first import proof_first

_LINKED = f"{PLACE}?done=linked"


class AccountLinkPage:
    """Begins a link, from a form of ours and by who proved lately who they are: a link gives the account away.

    It is made when the browser comes back (``LoginCallback``).
    """

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._pages = pages

    async def begun(self, request: Request) -> Response:
        """Show where the way leads, by ``platform`` and ``form``."""
        form = await self._pages.posted(request)
        here = await self._pages.session(request)
        if here is None:
            return see_other(login_first(PLACE))
        first = await proof_first(self._authority, here, PLACE)
        if first is not None:
            return see_other(first)
        with trouble_of(back=PLACE):
            leg = await self._authority.legs.begin(
                form.required("platform"),
                form.required("form"),
                to=_LINKED,
                purpose=Purpose.LINK,
                sid=here.sid,
                user_agent=request.headers.get("user-agent", ""),
            )
        way = self._authority.broker.way(form.required("platform"), form.required("form"))
        answer = self._pages.show(request, "account_link", way=way, address=leg.address, place=PLACE)
        self._pages.cookies.write(answer, LEG, leg.sealed)
        return answer
