"""Schedule, progress and documents: lists and reads by id (``contract/office.yaml``)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.responses import Response

from connectors.zhezhengding.office.codes import PARAMETER_INVALID, RANGE_TOO_WIDE
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call
from connectors.zhezhengding.sandbox.office.asking import Asked
from connectors.zhezhengding.sandbox.office.circles import Circles
from connectors.zhezhengding.sandbox.office.listing import PAGING, pages
from connectors.zhezhengding.sandbox.office.shelves import Entry, Shelf
from connectors.zhezhengding.sandbox.office.tellers import asked_in, viewer_in

_FINISHED = 100
_MOST_ROWS = 500


class Desk:
    """Answers from the shelves of an organisation's work."""

    def __init__(self, tenant: str, circles: Circles, schedule: Shelf, progress: Shelf, documents: Shelf) -> None:
        self._tenant = tenant
        self._circles = circles
        self._schedule = schedule
        self._progress = progress
        self._documents = documents

    def schedule_list(self, call: Call) -> Response:
        """What touches a span, for employees or for organisations."""
        asked = asked_in(call, self._tenant, ("employeeCodes", "organizationCodes", "from", "to"))
        if asked.has("employeeCodes") == asked.has("organizationCodes"):
            raise FailedError(PARAMETER_INVALID, "employeeCodes or organizationCodes")
        start, end = asked.span()
        owner_name = "employeeCode" if asked.has("employeeCodes") else "organizationCode"
        entries = self._schedule.of_employee if owner_name == "employeeCode" else self._schedule.of_unit
        known = self._circles.people if owner_name == "employeeCode" else self._circles.units
        owners = [owner for owner in asked.keys(f"{owner_name}s") if owner in known]
        items = [{owner_name: owner, "rows": _touching(entries(owner), start, end)} for owner in owners]
        if sum(len(item["rows"]) for item in items) > _MOST_ROWS:
            raise FailedError(RANGE_TOO_WIDE, "at most 500 rows")
        return succeeded({"items": items})

    def schedule_get(self, call: Call) -> Response:
        """By id."""
        return self._by_id(call, self._schedule)

    def progress_list(self, call: Call) -> Response:
        """One page per employee."""
        asked = asked_in(call, self._tenant, ("employeeCodes", "finished", *PAGING))
        finished = asked.flag("finished")
        return self._page(
            asked, self._progress, lambda row: finished is None or (row["percent"] == _FINISHED) is finished
        )

    def progress_get(self, call: Call) -> Response:
        """By id."""
        return self._by_id(call, self._progress)

    def documents_list(self, call: Call) -> Response:
        """One page per employee."""
        asked = asked_in(call, self._tenant, ("employeeCodes", "text", *PAGING))
        text = asked.words("text", 64)
        return self._page(asked, self._documents, lambda row: not text or text in row["title"] or text in row["number"])

    def documents_get(self, call: Call) -> Response:
        """By id."""
        return self._by_id(call, self._documents)

    def _page(self, asked: Asked, shelf: Shelf, wanted: Callable[[dict[str, Any]], bool]) -> Response:
        owners = [code for code in asked.keys("employeeCodes") if code in self._circles.people]

        def entries(owner: str) -> list[Entry]:
            return [entry for entry in shelf.of_employee(owner) if wanted(entry.row)]

        return succeeded(pages(asked, owners, entries, lambda _, entry: entry.row))

    def _by_id(self, call: Call, shelf: Shelf) -> Response:
        asked = asked_in(call, self._tenant, ("ids", "viewerEmployeeCode", "viewerStaff"))
        viewer = viewer_in(asked)
        found = [entry for entry in map(shelf.find, asked.keys("ids")) if entry and not entry.withdrawn_at]
        return succeeded({"items": [entry.row for entry in found if viewer.sees(self._circles, entry.units)]})


def _touching(entries: list[Entry], start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Those that begin before the end and are not over at the start, by start and id."""
    held = [e for e in entries if e.at < end and datetime.fromisoformat(e.row["endsAt"]) > start]
    return [entry.row for entry in sorted(held, key=lambda entry: (entry.at, entry.id))]
