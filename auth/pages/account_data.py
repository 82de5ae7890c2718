"""``/account/data``: everything kept of a person, to be taken along or deleted, by who signed in just now."""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.authority import Authority
from auth.factor.policy import has_factor
from auth.pages.cookies import SESSION
from auth.pages.forms import Form
from auth.pages.login import login_first
from auth.pages.login_factor import factor_first
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from auth.proof import Proof
from auth.sessions import Session
from auth.store.moments import now

PLACE = "/account/data"
FRESH_SECONDS = 600
_WORDS = frozenset({"删除", "DELETE"})
_WRONG = 422


class AccountDataPage:
    """Export and deletion: both ask for a sign-in that is at most ten minutes old, with the factor of who has one."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._pages = pages

    async def shown(self, request: Request) -> Response:
        """Show what can be done."""
        session = await self._pages.session(request)
        proof_first = await self._proof_first(session)
        if session is None or proof_first is not None:
            return see_other(proof_first or login_first(PLACE))
        return self._pages.show(request, "account_data", wrong=False, place=PLACE)

    async def sent(self, request: Request) -> Response:
        """Export or delete."""
        form = await self._pages.posted(request)
        session = await self._pages.session(request)
        proof_first = await self._proof_first(session)
        if session is None or proof_first is not None:
            return see_other(proof_first or login_first(PLACE))
        acts = {"export": self._export, "delete": self._delete}
        act = acts.get(form.required("act"))
        if act is None:
            raise PageError(Trouble.BAD_FORM, place=PLACE)
        return await act(request, session, form)

    async def _export(self, _request: Request, session: Session, _form: Form) -> Response:
        name = f"tongxin-{now():%Y-%m-%d}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return JSONResponse(await self._authority.export.of(session.person_id), headers=headers)

    async def _delete(self, request: Request, session: Session, form: Form) -> Response:
        if (form.get("word") or "").strip().upper() not in _WORDS:
            return self._pages.show(request, "account_data", _WRONG, wrong=True, place=PLACE)
        await self._authority.deletion.delete(session.person_id)
        answer = self._pages.show(request, "account_left", deleted=True, place=PLACE)
        self._pages.cookies.drop(answer, SESSION)
        return answer

    async def _proof_first(self, session: Session | None) -> str | None:
        """Where the person proves first who they are; None once that is done."""
        if session is None or not _fresh(session.proof):
            return login_first(PLACE)
        held = await self._authority.second_factor.factors.held(session.person_id)
        return factor_first(PLACE) if held is not None and not has_factor(session.proof) else None


def _fresh(proof: Proof) -> bool:
    return time.time() - proof.at < FRESH_SECONDS
