"""``/ops/act``: the question before an act, and the act once it is answered with yes."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.pages.forms import Form
from auth.pages.page import see_other
from auth.pages.troubles import PageError, Trouble
from gateway.errors.registry import REGISTRY
from gateway.execution.operation import Language
from gateway.ops.acting import Wanted, Who
from gateway.ops.entrance import Operator
from gateway.ops.pages.desk import Desk
from gateway.ops.pages.ops_page import PLACE as OPS
from gateway.ops.pages.ops_page import Shows
from gateway.ops.pages.questions import QUESTIONS
from gateway.ops.refusal import OpsRefusedError

PLACE = "/ops/act"
_LONGEST_NUMBER = 9


class Acts(Protocol):
    """Does what a button says, and has it audited."""

    async def act(self, wanted: Wanted, who: Who) -> None:
        """Do it; raises ``OpsRefusedError`` and ``StoreUnavailableError``."""


class ActPage:
    """Without the script a page of its own; with it, shown over ``/ops``."""

    def __init__(self, desk: Desk, shows: Shows, acts: Acts) -> None:
        self._desk = desk
        self._shows = shows
        self._acts = acts

    async def asked(self, request: Request) -> Response:
        """Ask. Raises ``PageError``."""
        return await self._desk.let_in(request, self._question)

    async def sent(self, request: Request) -> Response:
        """Do it, for an operator who proved the factor lately, and go back to the picture. Raises ``PageError``."""
        form = await self._desk.pages.posted(request)

        async def done(request: Request, operator: Operator) -> Response:
            return await self._done(request, operator, form)

        here = _address(form.required("act"), form.all("platform"))
        return await self._desk.let_act(request, done, here)

    async def _question(self, request: Request, _: Operator) -> Response:
        return self._show(request, request.query_params.get("act", ""), request.query_params.getlist("platform"))

    async def _done(self, request: Request, operator: Operator, form: Form) -> Response:
        act, platforms = form.required("act"), form.all("platform")
        who, minutes = Who(operator.name, operator.person_id), _number(form.get("minutes"))
        for platform in platforms:
            try:
                await self._acts.act(Wanted(act, platform, minutes), who)
            except OpsRefusedError as error:
                return self._show(request, act, platforms, error)
        self._shows.look()
        return see_other(f"{OPS}?{urlencode({'did': act})}")

    def _show(
        self,
        request: Request,
        act: str,
        platforms: Sequence[str],
        refused: OpsRefusedError | None = None,
    ) -> Response:
        question = QUESTIONS.get(act)
        whom = [one for one in self._shows.picture().platforms if one.name in platforms]
        if question is None or not whom:
            raise PageError(Trouble.NOT_FOUND, back=OPS, place=OPS)
        entry = None if refused is None else REGISTRY[refused.code]
        facts = {"reason": "" if refused is None else refused.reason}
        return self._desk.show(
            request,
            "act",
            200 if entry is None else entry.request_status,
            here=_address(act, platforms),
            question=question,
            act=act,
            whom=whom,
            refused=entry,
            words=[] if entry is None else [entry.worded(language, facts) for language in (Language.ZH, Language.EN)],
        )


def _address(act: str, platforms: Sequence[str]) -> str:
    return f"{PLACE}?{urlencode([('act', act), *(('platform', one) for one in platforms)])}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
