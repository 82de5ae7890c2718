"""``/ops``: the picture as a page, whole each time."""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from gateway.ops.entrance import Operator
from gateway.ops.pages.chart import chart_of
from gateway.ops.pages.desk import Desk
from gateway.ops.pages.questions import QUESTIONS
from gateway.ops.pages.telling import Telling
from gateway.ops.pages.timeline import kinds_in, shown, wanted_in
from gateway.ops.pages.troubles import FEW_FIELDS, troubles_of
from gateway.ops.shapes import CredentialTold, Picture, PlatformTold

PLACE = "/ops"
_EXPORTS = (("JSON", "/ops/incidents.json"), ("CSV", "/ops/incidents.csv"))


class Shows(Protocol):
    """Where the picture comes from."""

    def picture(self) -> Picture:
        """Everything, as of now."""

    def look(self) -> None:
        """See what an act has changed."""


class OpsPage:
    """Draws what the picture says; asks nobody."""

    def __init__(self, desk: Desk, shows: Shows) -> None:
        self._desk = desk
        self._shows = shows

    async def shown(self, request: Request) -> Response:
        """Show it to an operator."""
        return await self._desk.let_in(request, self._drawn)

    async def _drawn(self, request: Request, _: Operator) -> Response:
        picture, view = self._shows.picture(), self._desk.pages.view(request)
        troubles, wanted = troubles_of(picture), wanted_in(request.query_params)
        did = QUESTIONS.get(request.query_params.get("did", ""))
        return self._desk.show(
            request,
            "ops",
            picture=picture,
            level=picture.headline.level,
            told=Telling(view, picture.at),
            troubles=troubles,
            sick_names={one.name for trouble in troubles for one in trouble.platforms},
            few=FEW_FIELDS,
            charts={one.name: chart_of(one.history) for one in picture.platforms},
            soonest=_soonest(picture),
            incidents=shown(picture, wanted),
            kinds=kinds_in(picture),
            wanted=wanted,
            exports=[(name, place + wanted.query) for name, place in _EXPORTS],
            did=did and view.words(did.done_zh, did.done_en),
        )


def _soonest(picture: Picture) -> tuple[PlatformTold, CredentialTold] | None:
    every = [(platform, held) for platform in picture.platforms for held in platform.credentials]
    return min(every, key=lambda one: one[1].days_left, default=None)
