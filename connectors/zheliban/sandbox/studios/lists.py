"""What is read of questions: by key, in lists, by search."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

import msgspec

from connectors.records.question import Moderation, QuestionOrder, QuestionStatus
from connectors.records.studio import StudioCategory
from connectors.sandbox.paging import Order, PageWanted
from connectors.zheliban.sandbox.parameters import PAGE, Parameters
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.studios.bits import highest_first
from connectors.zheliban.sandbox.studios.filters import Viewer, Wanted
from connectors.zheliban.sandbox.studios.rows import question_row, reply_row, whole_question_row
from connectors.zheliban.sandbox.studios.store import CHANGED, NEWEST, StudioStore
from connectors.zheliban.sandbox.writes import Body
from connectors.zheliban.studios.payloads import Grounds

VIEWER = ("viewerId", "viewerMemberId", "viewerStaff", "viewerModerator")
_FILTERS = ("answered", "waiting", "status", "category", "regionCode", "askedBy", "addresseeId", "moderation")
LIST = (*_FILTERS, "changedSince", "orderBy", *PAGE, *VIEWER)
_FOUND: Order[tuple[float, AskedQuestion]] = Order(
    "SCORE_DESC", lambda hit: (-hit[0], f"{-hit[1].place + 10**12:013d}")
)
_ORDERS = {QuestionOrder.ASKED_AT_DESC: NEWEST, QuestionOrder.CHANGED_AT_ASC: CHANGED}


class SearchBody(Body, frozen=True):
    """What is looked for, and which page of it."""

    text: Annotated[str, msgspec.Meta(max_length=200)]
    first: Annotated[int, msgspec.Meta(ge=1, le=100)]
    after: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,200}$")] | None = None
    withTotal: bool = False  # noqa: N815 - the contract's spelling


class Lists:
    """One method per operation: parameters in, the envelope's data out."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store

    def questions(self, sent: Parameters) -> Any:
        """``GET /questions``."""
        viewer = viewer_from(sent)
        found = (self._store.questions.get(key) for key in sent.keys("ids"))
        rows = ((question, self._store.grounds(question, viewer)) for question in found if question is not None)
        return {"items": [whole_question_row(question, grounds) for question, grounds in rows if grounds is not None]}

    def replies(self, sent: Parameters) -> Any:
        """``GET /replies``."""
        viewer = viewer_from(sent)
        found = (self._store.replies.get(key) for key in sent.keys("ids"))
        rows = ((*entry, self._store.grounds(entry[1], viewer)) for entry in found if entry is not None)
        return {"items": [reply_row(reply, question, grounds) for reply, question, grounds in rows if grounds]}

    def of_studios(self, sent: Parameters) -> Any:
        """``GET /studios/questions``."""
        known = {key: self._store.of_studio[key] for key in sent.keys("ownerIds") if key in self._store.studios}
        return self._pages(sent, known)

    def of_members(self, sent: Parameters) -> Any:
        """``GET /members/questions``."""
        keys = (key for key in sent.keys("ownerIds") if key in self._store.members)
        return self._pages(sent, {key: self._store.of_member.get(key, []) for key in keys})

    def of_users(self, sent: Parameters) -> Any:
        """``GET /users/questions``: another's list is empty, whatever of it were public."""
        viewer = viewer_from(sent)
        own = (key for key in sent.accounts("ownerIds") if viewer.staff or key == viewer.account)
        return self._pages(sent, {key: self._store.of_asker.get(key, []) for key in own})

    def _pages(self, sent: Parameters, lists: dict[str, list[AskedQuestion]]) -> Any:
        viewer, wanted, order = viewer_from(sent), wanted_from(sent), _order_from(sent)
        page = sent.page(order)

        def page_of(owner: str, rows: Sequence[AskedQuestion]) -> dict[str, Any]:
            seen = self._store.seen(rows, wanted, viewer)
            if order is CHANGED:
                seen.sort(key=CHANGED.place)
            return {"ownerId": owner} | order.page(seen, page, lambda question: self._row(question, viewer))

        return {"items": [page_of(owner, rows) for owner, rows in lists.items()]}

    def all(self, sent: Parameters) -> Any:
        """``GET /questions/list``."""
        viewer, wanted, order = viewer_from(sent), wanted_from(sent), _order_from(sent)
        page = sent.page(order)
        if wanted.asked_by is not None or wanted.addressee is not None:
            rows = self._of_people(wanted)
            seen = sorted(self._store.seen(rows, wanted, viewer), key=order.place)
            return order.page(seen, page, lambda question: self._row(question, viewer))
        ledger = self._store.ledger
        found = ledger.wanted(wanted)
        if not viewer.staff:
            found &= ledger.public | (self._store.own_places(viewer) if viewer.known else 0)
        if wanted.changed_since is not None:
            found = ledger.changed_from(found, wanted.changed_since)
        return self._cut(found, order, page, wanted, viewer)

    def _cut(self, found: int, order: Order[AskedQuestion], page: PageWanted, wanted: Wanted, viewer: Viewer) -> Any:
        """A page of what was found, which is not walked further than the page goes."""
        ledger = self._store.ledger
        if order is NEWEST:
            walked = ledger.newest_first(found, page.after)
        else:
            since = page.after[0] if page.after else wanted.changed_since
            days = ledger.changed_first(found, since if since is not None else ledger.first_day() * 86_400)
            walked = (q for day in days for q in day if page.after is None or CHANGED.place(q) > page.after)
        rows = list(islice(walked, page.first + 1))
        return {
            "rows": [
                self._row(question, viewer) | {"cursor": order.cursor(question)} for question in rows[: page.first]
            ],
            "hasNext": len(rows) > page.first,
            "total": found.bit_count() if page.with_total else None,
        }

    def _of_people(self, wanted: Wanted) -> Sequence[AskedQuestion]:
        if wanted.asked_by is not None:
            return self._store.of_asker.get(wanted.asked_by, ())
        return self._store.of_member.get(wanted.addressee or "", ())

    def search(self, body: SearchBody) -> Any:
        """``POST /questions/search``: published questions, best first, then the newest."""
        after = _FOUND.place_from(body.after)
        ranked = self._store.ledger.search(body.text)
        row = self._store.ledger.row
        hits = (
            (score, row[place])
            for score, found in ranked
            if after is None or -score >= after[0]
            for place in highest_first(found)
        )
        rows = list(islice((hit for hit in hits if after is None or _FOUND.place(hit) > after), body.first + 1))
        return {
            "rows": [
                question_row(hit[1], Grounds.PUBLIC) | {"cursor": _FOUND.cursor(hit), "score": hit[0]}
                for hit in rows[: body.first]
            ],
            "hasNext": len(rows) > body.first,
            "total": sum(found.bit_count() for _, found in ranked) if body.withTotal else None,
        }

    def _row(self, question: AskedQuestion, viewer: Viewer) -> dict[str, Any]:
        return question_row(question, self._store.grounds(question, viewer) or Grounds.PUBLIC)


def viewer_from(sent: Parameters) -> Viewer:
    """For whom it is read."""
    return Viewer(
        sent.account("viewerId"),
        sent.key("viewerMemberId"),
        sent.flag("viewerStaff") or False,
        sent.flag("viewerModerator") or False,
    )


def wanted_from(sent: Parameters) -> Wanted:
    """The filter."""
    return Wanted(
        answered=sent.flag("answered"),
        waiting=sent.flag("waiting"),
        statuses=sent.choices("status", QuestionStatus),
        category=sent.choice("category", StudioCategory),
        region=sent.region("regionCode"),
        asked_by=sent.account("askedBy"),
        addressee=sent.key("addresseeId"),
        moderation=sent.choice("moderation", Moderation),
        changed_since=sent.moment("changedSince"),
    )


def _order_from(sent: Parameters) -> Order[AskedQuestion]:
    return _ORDERS[sent.choice("orderBy", QuestionOrder) or QuestionOrder.ASKED_AT_DESC]
