"""Every page of these, with their two files."""

from typing import Protocol

from starlette.routing import Route

from auth.pages.page import Pages
from gateway.ops.pages.act_page import PLACE as ACT
from gateway.ops.pages.act_page import ActPage, Acts
from gateway.ops.pages.desk import Desk, LetsIn
from gateway.ops.pages.drawing import SCRIPT_ROUTE, STYLE_ROUTE, Files
from gateway.ops.pages.export import ROUTE as EXPORT
from gateway.ops.pages.export import Export, KeepsIncidents
from gateway.ops.pages.ops_page import PLACE as OPS
from gateway.ops.pages.ops_page import OpsPage, Shows
from gateway.ops.pages.status_page import PLACE as STATUS
from gateway.ops.pages.status_page import ShowsPublic, StatusPage


class ShowsAll(Shows, ShowsPublic, Protocol):
    """Both pictures."""


def ops_page_routes(
    pages: Pages, entrance: LetsIn, *, shows: ShowsAll, acts: Acts, kept: KeepsIncidents
) -> list[Route]:
    """The routes; ``pages`` is made with ``drawing.TEMPLATES`` and lets scripts run."""
    files = Files()
    desk = Desk(pages, entrance, files)
    act = ActPage(desk, shows, acts)
    return [
        Route(STYLE_ROUTE, files.style.answer, methods=["GET"]),
        Route(SCRIPT_ROUTE, files.script.answer, methods=["GET"]),
        Route(OPS, pages.guarded(OpsPage(desk, shows).shown), methods=["GET"]),
        Route(ACT, pages.guarded(act.asked), methods=["GET"]),
        Route(ACT, pages.guarded(act.sent), methods=["POST"]),
        Route(EXPORT, pages.guarded(Export(desk, kept).taken), methods=["GET"]),
        Route(STATUS, StatusPage(shows, files).shown, methods=["GET"]),
    ]
