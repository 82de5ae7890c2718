"""``/ops/incidents.json`` and ``.csv``: the timeline to be taken away, as the page is filtered just then."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from auth.pages.troubles import PageError, Trouble
from auth.store.moments import now
from gateway.ops.entrance import Operator
from gateway.ops.incidents.exporting import as_csv, as_lines
from gateway.ops.kept_shapes import IncidentTold
from gateway.ops.pages.desk import Desk
from gateway.ops.pages.ops_page import PLACE as OPS
from gateway.ops.pages.timeline import wanted_in

ROUTE = "/ops/incidents.{form}"
_BACK = timedelta(days=365)
_FORMS: dict[str, tuple[str, Callable[[Sequence[IncidentTold]], str]]] = {
    "json": ("application/jsonl", as_lines),
    "csv": ("text/csv; charset=utf-8", lambda found: "\ufeff" + as_csv(found)),  # by the mark spreadsheets know UTF-8
}


class KeepsIncidents(Protocol):
    """Where incidents are kept; raises ``StoreUnavailableError``."""

    async def since(self, moment: datetime) -> Sequence[IncidentTold]:
        """Those that went on at that moment or began later, the newest first."""


class Export:
    """A year of it."""

    def __init__(self, desk: Desk, kept: KeepsIncidents) -> None:
        self._desk = desk
        self._kept = kept

    async def taken(self, request: Request) -> Response:
        """Let an operator take it. Raises ``PageError``."""
        return await self._desk.let_in(request, self._written)

    async def _written(self, request: Request, _: Operator) -> Response:
        wanted, form = wanted_in(request.query_params), request.path_params["form"]
        if form not in _FORMS:
            raise PageError(Trouble.NOT_FOUND, back=OPS, place=OPS)
        media_type, write = _FORMS[form]
        found = [one for one in await self._kept.since(now() - _BACK) if wanted.fits(one)]
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="incidents.{form}"'}
        return Response(write(found), headers=headers, media_type=media_type)
