"""The studio service's operations, as ``contract/`` writes them."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from connectors.records.studio import StudioCategory, StudioOrder
from connectors.regions import lies_in
from connectors.sandbox.app import Handler
from connectors.sandbox.paging import BadPlaceError, PageWanted
from connectors.zheliban.payloads import Grounds
from connectors.zheliban.sandbox.answers import failure, success
from connectors.zheliban.sandbox.asked import AskedQuestion
from connectors.zheliban.sandbox.parameters import CURSOR_INVALID, ParameterError, Parameters
from connectors.zheliban.sandbox.rows import (
    member_statistics_row,
    question_row,
    reply_row,
    statistics_row,
    studio_row,
)
from connectors.zheliban.sandbox.store import NEWEST, StudioStore, Viewer, Wanted

_VIEWER = ("viewerId", "viewerMemberId", "viewerStaff")
_PAGE = ("first", "after", "withTotal")
Read = Callable[[Parameters], Any]
"""Parameters to the envelope's data; raises ``ParameterError``."""


class SandboxStudios:
    """One handler per operation, over the store."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store
        self.studios = _answering(self._studios, ("category", "regionCode", "orderBy", *_PAGE))
        self.studio_statistics = _answering(self._studio_statistics, ("ids",))
        self.member_statistics = _answering(self._member_statistics, ("ids",))
        self.questions = _answering(self._questions, ("ids", *_VIEWER))
        self.replies = _answering(self._replies, ("ids", *_VIEWER))
        filters = ("studioIds", "answered", "waiting")
        self.studio_questions = _answering(self._studio_questions, (*filters, *_PAGE, *_VIEWER))
        self.marks = _answering(self._marks, ("userId", "studioIds"))

    def _studios(self, sent: Parameters) -> Any:
        category = sent.choice("category", StudioCategory)
        region = sent.region("regionCode")
        name = sent.required_choice("orderBy", StudioOrder)
        order, counts = self._store.orders[name], self._store.studio_counts
        wanted = PageWanted(sent.first(), order.place_from(sent.cursor()), sent.flag("withTotal") or False)
        found = [
            studio
            for studio in self._store.sorted_studios[name]
            if category in (None, studio.category) and (region is None or lies_in(studio.committee.region_code, region))
        ]
        return order.page(found, wanted, lambda studio: studio_row(studio, counts[studio.key]))

    def _studio_statistics(self, sent: Parameters) -> Any:
        counts = self._store.studio_counts
        return [{"studioId": key} | statistics_row(counts[key]) for key in sent.keys("ids") if key in counts]

    def _member_statistics(self, sent: Parameters) -> Any:
        counts = self._store.member_counts
        return [member_statistics_row(key, counts[key]) for key in sent.keys("ids") if key in counts]

    def _questions(self, sent: Parameters) -> Any:
        viewer = _viewer_from(sent)
        found = (self._store.questions.get(key) for key in sent.keys("ids"))
        rows = ((question, self._store.grounds(question, viewer)) for question in found if question is not None)
        return [question_row(question, grounds) for question, grounds in rows if grounds is not None]

    def _replies(self, sent: Parameters) -> Any:
        viewer = _viewer_from(sent)
        found = (self._store.replies.get(key) for key in sent.keys("ids"))
        rows = ((*entry, self._store.grounds(entry[1], viewer)) for entry in found if entry is not None)
        return [reply_row(reply, question, grounds) for reply, question, grounds in rows if grounds is not None]

    def _studio_questions(self, sent: Parameters) -> Any:
        viewer = _viewer_from(sent)
        wanted = Wanted(sent.flag("answered"), sent.flag("waiting"))
        page = PageWanted(sent.first(), NEWEST.place_from(sent.cursor()), sent.flag("withTotal") or False)

        def row(question: AskedQuestion) -> dict[str, Any]:
            return question_row(question, self._store.grounds(question, viewer) or Grounds.PUBLIC)

        def page_of(studio: str) -> dict[str, Any]:
            return {"studioId": studio} | NEWEST.page(self._store.seen(studio, wanted, viewer), page, row)

        return [page_of(key) for key in sent.keys("studioIds") if key in self._store.studios]

    def _marks(self, sent: Parameters) -> Any:
        account = sent.required_account("userId")
        follows, likes = (
            each.get(account, frozenset()) for each in (self._store.marks.follows, self._store.marks.likes)
        )
        return [
            {"studioId": key, "follows": key in follows, "likes": key in likes}
            for key in sent.keys("studioIds")
            if key in self._store.studios
        ]


def _viewer_from(sent: Parameters) -> Viewer:
    staff = sent.flag("viewerStaff") or False
    return Viewer(sent.account("viewerId"), sent.member("viewerMemberId"), staff)


def _answering(read: Read, known: Collection[str]) -> Handler:
    """Make a handler: parameters in, envelope out."""

    @wraps(read)
    async def handle(request: Request) -> Response:
        try:
            return success(read(Parameters(request, known)))
        except BadPlaceError:
            return failure(CURSOR_INVALID, "参数错误：after")
        except ParameterError as error:
            return failure(error.code, f"参数错误：{error}")

    return handle
