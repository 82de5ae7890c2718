"""Notices: lists, reads by id, publishing and marking as read (``contract/office.yaml``)."""

from datetime import datetime
from itertools import count
from typing import Any

from starlette.responses import Response

from connectors.zhezhengding.office.codes import NOT_ALLOWED, NOT_FOUND, UNKNOWN_ORGANIZATION
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call
from connectors.zhezhengding.sandbox.office.circles import Circles
from connectors.zhezhengding.sandbox.office.listing import PAGING, pages
from connectors.zhezhengding.sandbox.office.reading import Readers
from connectors.zhezhengding.sandbox.office.seeds import made
from connectors.zhezhengding.sandbox.office.shelves import Entry, Shelf, entry_id
from connectors.zhezhengding.sandbox.office.tellers import asked_in, known_person, viewer_in, written
from connectors.zhezhengding.sandbox.office.writes import Writes

_FIRST_PUBLISHED = 5000


class Notices:
    """Keeps what is published and who read it; lives as long as the sandbox."""

    def __init__(self, tenant: str, circles: Circles, shelf: Shelf, writes: Writes) -> None:
        self._tenant = tenant
        self._circles = circles
        self._shelf = shelf
        self._writes = writes
        self._readers = Readers(circles.world.today)
        self._serial = count(_FIRST_PUBLISHED)

    def page(self, call: Call) -> Response:
        """One page per employee."""
        asked = asked_in(call, self._tenant, ("employeeCodes", "unreadOnly", *PAGING))
        unread = asked.flag("unreadOnly")
        owners = [code for code in asked.keys("employeeCodes") if code in self._circles.people]

        def entries(owner: str) -> list[Entry]:
            found = self._shelf.of_employee(owner)
            return [entry for entry in found if not self._read_at(owner, entry)] if unread else found

        return succeeded(pages(asked, owners, entries, self._row))

    def by_id(self, call: Call) -> Response:
        """By id, for a viewer."""
        asked = asked_in(call, self._tenant, ("ids", "viewerEmployeeCode", "viewerStaff"))
        viewer = viewer_in(asked)
        found = [entry for entry in map(self._shelf.find, asked.keys("ids")) if entry and not entry.withdrawn_at]
        seen = [entry for entry in found if viewer.sees(self._circles, entry.units)]
        return succeeded({"items": [self._row(viewer.employee, entry) for entry in seen]})

    def publish(self, call: Call) -> Response:
        """Publish one for an organisation to organisations."""
        names = ("writeId", "employeeCode", "organizationCode", "title", "body", "organizationCodes")
        asked = asked_in(call, self._tenant, (*names, "mediaIds", "fileNames"))
        author = known_person(self._circles, asked.key("employeeCode"))
        publisher, audience = asked.key("organizationCode"), asked.keys("organizationCodes")
        if not {publisher, *audience} <= self._circles.units.keys():
            raise FailedError(UNKNOWN_ORGANIZATION, "no such organization")
        if publisher not in self._circles.of(author.code):
            raise FailedError(NOT_ALLOWED, "not an organization of the author's")
        title, body, files = asked.text("title", 200), asked.text("body", 20_000), asked.files()

        def do(now: datetime) -> dict[str, Any]:
            row = {
                "title": title,
                "body": body,
                "publishedAt": now.isoformat(),
                **self._circles.named(publisher),
                "author": author.row(),
                "files": files,
            }
            entry = made(entry_id(self._circles, "N", audience[0], next(self._serial)), tuple(audience), now, row)
            self._shelf.add(entry)
            return self._row(author.code, entry)

        return written(call, asked, self._writes, "office.notices.publish", do)

    def mark_read(self, call: Call) -> Response:
        """Mark as read by one employee, all or none."""
        asked = asked_in(call, self._tenant, ("writeId", "employeeCode", "ids"))
        reader = known_person(self._circles, asked.key("employeeCode"))
        own = {entry.id: entry for entry in self._shelf.of_employee(reader.code)}
        ids = asked.keys("ids")
        if not own.keys() >= {*ids}:
            raise FailedError(NOT_FOUND, "no such notice")

        def do(now: datetime) -> dict[str, Any]:
            marked = {key: self._readers.mark(reader.code, key, own[key].at, now) for key in ids}
            return {"items": [{"id": key, "readAt": at.isoformat()} for key, at in marked.items()]}

        return written(call, asked, self._writes, "office.notices.read", do)

    def _read_at(self, employee: str | None, entry: Entry) -> datetime | None:
        return self._readers.read_at(employee, entry.id, entry.at) if employee else None

    def _row(self, employee: str | None, entry: Entry) -> dict[str, Any]:
        read_at = self._read_at(employee, entry)
        return entry.row | {"readAt": read_at.isoformat() if read_at else None}
