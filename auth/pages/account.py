"""``/account``: who somebody is to us, where they are signed in, whom they let in, and what they may do about it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.pages.account_acts import AccountActs
from auth.pages.browsers import told_browser
from auth.pages.cookies import SESSION
from auth.pages.forms import Form
from auth.pages.page import Pages, see_other
from auth.pages.proof_first import proof_first
from auth.pages.scope_words import in_order, role_words, scope_words
from auth.pages.troubles import PageError, Trouble
from auth.sessions import Session

PLACE = "/account"
Act = Callable[[Session, Form], Awaitable[str]]
_PROVED_FIRST = frozenset({"unlink"})
"""Others do no more than sign out, which is never made hard."""


class AccountPage:
    """Shows everything on one page; each button is a form that names its act."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._pages = pages
        acts = AccountActs(authority)
        self._acts: dict[str, Act] = {
            "end": acts.end_one,
            "end-others": acts.end_others,
            "take-back": acts.take_back,
            "unlink": acts.unlink,
        }

    async def shown(self, request: Request) -> Response:
        """Show the page; who is not signed in is asked to."""
        session = await self._pages.session(request)
        person = None if session is None else await self._authority.selves.read(session.person_id)
        if session is None or person is None:
            return see_other(_SIGN_IN)
        authority, view = self._authority, self._pages.view(request)
        return self._pages.show(
            request,
            "account",
            person=person,
            roles=role_words(person.roles, view),
            here=session,
            sessions=await authority.sessions.living(person.person_id),
            connected=await authority.consents.list(person.person_id),
            factor=await authority.second_factor.factors.held(person.person_id),
            ways=[way for way in authority.broker.ways() if not way.companies],
            told_browser=lambda name: told_browser(name, view),
            in_order=in_order,
            scope_words=lambda scope: scope_words(scope, view),
            done=request.query_params.get("done"),
        )

    async def sent(self, request: Request) -> Response:
        """Do what the pressed button says, and show the page again with what was done."""
        form = await self._pages.posted(request)
        session = await self._pages.session(request)
        if session is None:
            return see_other(_SIGN_IN)
        act = form.required("act")
        if act == "end-all":
            return await self._signed_out(request, session)
        if act not in self._acts:
            raise PageError(Trouble.BAD_FORM, place=PLACE)
        first = await proof_first(self._authority, session, PLACE) if act in _PROVED_FIRST else None
        if first is not None:
            return see_other(first)
        done = await self._acts[act](session, form)
        return see_other(f"{PLACE}?{urlencode({'done': done})}")

    async def _signed_out(self, request: Request, session: Session) -> Response:
        await self._authority.endings.person(session.person_id)
        answer = self._pages.show(request, "account_left", deleted=False, place=PLACE)
        self._pages.cookies.drop(answer, SESSION)
        return answer


_SIGN_IN = f"/login?{urlencode({'to': PLACE})}"
