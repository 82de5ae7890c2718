"""``/account/factor``: a person's own second factor, from the first one to the last."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.factor.enrolment import EnrolmentError, Fault, Offer
from auth.factor.policy import fresh
from auth.factor.totp import address_of, picture_of
from auth.pages.cookies import SESSION
from auth.pages.forms import Form
from auth.pages.login import login_first
from auth.pages.login_factor import factor_first
from auth.pages.onward import onward_of
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from auth.sessions import Session

PLACE = "/account/factor"
_WRONG = 422
Act = Callable[[Request, Session, Form], Awaitable[Response]]


class AccountFactorPage:
    """Enrols with an operator's code; changes, removes and gives new recovery codes to who proved the factor lately."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._second_factor = authority.second_factor
        self._issuer = authority.settings.issuer
        self._pages = pages
        self._acts: dict[str, Act] = {
            "begin": self._begin,
            "finish": self._finish,
            "codes": self._codes,
            "ask-remove": self._ask_remove,
            "remove": self._remove,
        }

    async def shown(self, request: Request) -> Response:
        """Show what there is, and what one may do about it."""
        to = onward_of(request.query_params.get("to"))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(_here(to)))
        return await self._overview(request, session, to)

    async def sent(self, request: Request) -> Response:
        """Do what the pressed button says; without a fresh factor, where one is needed, ask for it first."""
        form = await self._pages.posted(request)
        to = onward_of(form.get("to"))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(_here(to)))
        act = self._acts.get(form.required("act"))
        if act is None:
            raise PageError(Trouble.BAD_FORM, place=PLACE)
        try:
            return await act(request, session, form)
        except EnrolmentError as error:
            return await self._refused(request, session, form, error.fault)

    async def _begin(self, request: Request, session: Session, form: Form) -> Response:
        return self._offer(request, await self._second_factor.enrolment.begin(session, form.get("code")), form)

    async def _finish(self, request: Request, session: Session, form: Form) -> Response:
        sealed, typed = form.required("offer"), form.get("password") or ""
        enrolled = await self._second_factor.enrolment.finish(session, sealed, typed)
        answer = self._show_codes(request, enrolled.codes, form)
        self._pages.cookies.write(answer, SESSION, enrolled.secret)
        return answer

    async def _codes(self, request: Request, session: Session, form: Form) -> Response:
        return self._show_codes(request, await self._second_factor.enrolment.renew_codes(session), form)

    async def _ask_remove(self, request: Request, session: Session, _form: Form) -> Response:
        if not fresh(session.proof, self._second_factor.settings):
            raise EnrolmentError(Fault.FACTOR_NEEDED)
        return self._pages.show(request, "account_factor_remove", place=PLACE)

    async def _remove(self, _request: Request, session: Session, _form: Form) -> Response:
        await self._second_factor.removal.by_owner(session)
        return see_other(PLACE)

    async def _refused(self, request: Request, session: Session, form: Form, fault: Fault) -> Response:
        to = onward_of(form.get("to"))
        if fault is Fault.SESSION_ENDED:
            return see_other(login_first(_here(to)))
        if fault is Fault.FACTOR_NEEDED:
            return see_other(factor_first(_here(to)))
        if fault is Fault.WRONG_PASSWORD:
            offer = self._second_factor.enrolment.reopened(session, form.required("offer"))
            return self._offer(request, offer, form, fault)
        return await self._overview(request, session, to, fault)

    async def _overview(self, request: Request, session: Session, to: str, fault: Fault | None = None) -> Response:
        return self._pages.show(
            request,
            "account_factor",
            200 if fault is None else _WRONG,
            held=await self._second_factor.factors.held(session.person_id),
            fresh=fresh(session.proof, self._second_factor.settings),
            fault=fault and fault.name,
            prove=factor_first(_here(to)),
            to=to,
            place=_here(to),
        )

    def _offer(self, request: Request, offer: Offer, form: Form, fault: Fault | None = None) -> Response:
        return self._pages.show(
            request,
            "account_factor_key",
            200 if fault is None else _WRONG,
            picture=picture_of(address_of(offer.secret, self._issuer)),
            key=" ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4)),
            offer=offer.sealed,
            fault=fault and fault.name,
            to=onward_of(form.get("to")),
            place=PLACE,
        )

    def _show_codes(self, request: Request, codes: tuple[str, ...], form: Form) -> Response:
        return self._pages.show(request, "account_factor_codes", codes=codes, to=onward_of(form.get("to")), place=PLACE)


def _here(to: str) -> str:
    return PLACE if to == onward_of(None) else f"{PLACE}?{urlencode({'to': to})}"
