"""``/account/data``: everything kept of a person, to be taken along or deleted, by who signed in just now."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.authority import Authority
from auth.pages.cookies import SESSION
from auth.pages.forms import Form
from auth.pages.login import login_first
from auth.pages.page import Pages, see_other
from auth.pages.proof_first import proof_first
from auth.pages.troubles import PageError, Trouble
from auth.sessions import Session
from auth.store.moments import now

PLACE = "/account/data"
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
        if session is None:
            return see_other(login_first(PLACE))
        first = await proof_first(self._authority, session, PLACE)
        if first is not None:
            return see_other(first)
        return self._pages.show(request, "account_data", wrong=False, place=PLACE)

    async def sent(self, request: Request) -> Response:
        """Export or delete."""
        form = await self._pages.posted(request)
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(PLACE))
        first = await proof_first(self._authority, session, PLACE)
        if first is not None:
            return see_other(first)
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
