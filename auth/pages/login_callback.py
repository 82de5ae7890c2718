"""``/login/{platform}/callback``: a browser comes back from a platform, by GET or, from the companies' login, by POST.

Every answer is a redirect to an address without the ticket.
"""

import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.legs import Leg, LegError, LegFault, Purpose
from auth.linking import LinkingError
from auth.pages.cookies import LEG, SESSION
from auth.pages.forms import read_form
from auth.pages.leg_faults import TROUBLES
from auth.pages.login import failed_address
from auth.pages.onward import HOME
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from auth.proof import Proof
from auth.sessions import Session
from auth.store.database import StoreUnavailableError
from connectors.records.identity import Identity


class LoginCallback:
    """Signs the browser in, or gives the person who is signed in a further account."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._legs = authority.legs
        self._pages = pages

    async def came_back(self, request: Request) -> Response:
        """Take the browser back and send it on."""
        try:
            answer, over = await self._came_back(request)
        except StoreUnavailableError:
            answer, over = see_other(failed_address(Trouble.BUSY, HOME)), False
        except PageError as error:
            answer, over = see_other(failed_address(error.trouble, HOME)), False
        if over:
            self._pages.cookies.drop(answer, LEG)
        return answer

    async def _came_back(self, request: Request) -> tuple[Response, bool]:
        """The answer, and whether the leg is over: what another site sends here does not end it."""
        sent = await _sent(request)
        cookie = self._pages.cookies.read(request, LEG)
        try:
            leg, identity = await self._legs.come_back(request.path_params["platform"], cookie, sent)
        except LegError as error:
            return _told(TROUBLES[error.fault], error.leg), error.leg is not None
        here = await self._pages.session(request)
        if leg.purpose is Purpose.LINK:
            return await self._linked(leg, identity, here), True
        return await self._signed_in(request, leg, identity, here), True

    async def _signed_in(self, request: Request, leg: Leg, identity: Identity, before: Session | None) -> Response:
        """Begin a session; the one before ends, whoever's it was, unless it goes on as the same person's.

        A post from another site brings no session along, so the leg knows which there was.
        """
        authority = self._authority
        person = await authority.persons.signed_in(identity, self._legs.ask())
        proof = Proof(int(time.time()), identity.level, (leg.way.form.value,))
        agent = request.headers.get("user-agent", "")
        secret = await authority.sessions.open(person.person_id, identity.platform, proof, agent, before=before)
        if before is None or before.person_id != person.person_id:
            ended = leg.sid if before is None else before.sid
            if ended is not None:
                await authority.endings.session(ended)
        answer = see_other(leg.to)
        self._pages.cookies.write(answer, SESSION, secret)
        return answer

    async def _linked(self, leg: Leg, identity: Identity, here: Session | None) -> Response:
        if here is None or here.sid != leg.sid:
            return _told(TROUBLES[LegFault.LOST], leg)
        try:
            await self._authority.linking.link(here, identity, self._legs.ask())
        except LinkingError as error:
            return _told(TROUBLES[error.reason], leg)
        return see_other(leg.to)


def _told(trouble: Trouble, leg: Leg | None) -> Response:
    to = HOME if leg is None or leg.purpose is Purpose.LINK else leg.to
    return see_other(failed_address(trouble, to, linking=leg is not None and leg.purpose is Purpose.LINK))


async def _sent(request: Request) -> Mapping[str, str]:
    """What came in the address and in a form; what came twice counts for nothing: nobody knows which was meant.

    Raises ``PageError``.
    """
    pairs = request.query_params.multi_items()
    if request.method == "POST":
        pairs += (await read_form(request)).pairs
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}
