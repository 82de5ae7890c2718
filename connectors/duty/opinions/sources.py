"""``OpinionReportSource`` over the duty platform; what is kept is kept for one audience."""

from collections.abc import Sequence
from dataclasses import replace

from connectors.contracted.pages import empty_page
from connectors.contracted.reads import Endpoint, moment_text
from connectors.duty.audience import Audience, audience_of
from connectors.duty.hiding import Guarded, guarded, pages_without_hidden
from connectors.duty.opinions.mapping import entitled_to_titles, report_from, shown_to
from connectors.duty.opinions.payloads import OpinionReportPayload
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import AUDIENCE
from connectors.records.opinion_report import MOST_RAISED, OpinionReport, OpinionReportQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import ANYONE, Ask, Scope, Viewer

BY_KEY = Endpoint("opinions", "/opinions", AUDIENCE, tags=("opinion:{key}",))
LISTED = Endpoint("opinions.list", "/opinions/list", AUDIENCE, tags=("opinions",))
OF_QUESTIONS = Endpoint(
    "questions.opinions",
    "/questions/opinions",
    AUDIENCE,
    tags=(
        "opinions",
        "question:{key}",
    ),
)
OF_MEMBERS = Endpoint(
    "members.opinions",
    "/members/opinions",
    AUDIENCE,
    tags=(
        "opinions",
        "member:{key}",
    ),
)


class DutyOpinionReports:
    """Nothing of a report is for the public, which is answered without a call."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_opinion_reports(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[OpinionReport | PlatformError | None]:
        """Read reports by key; None for an unknown one and for one the asker may not see."""
        audience = _audience_of(ask.viewer)
        if audience.public:
            return [None] * len(keys)
        return await self._reads.keyed(BY_KEY, _shape_for(audience), keys, ask, audience.params())

    async def list_opinion_reports(
        self, queries: Sequence[OpinionReportQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per query."""
        audience = _audience_of(ask.viewer)
        if audience.public:
            return [empty_page(page)] * len(queries)
        asked = [_params_of(query) | audience.params() for query in queries]
        return pages_without_hidden(await self._reads.listed(LISTED, _shape_for(audience), asked, page, ask))

    async def list_question_opinion_reports(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per question: the reports raised from it."""
        audience = _audience_of(ask.viewer)
        if audience.public:
            return [empty_page(page)] * len(keys)
        found = await self._reads.owned(OF_QUESTIONS, _shape_for(audience), keys, page, ask, audience.params())
        return pages_without_hidden(found)

    async def list_raised_reports(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[tuple[OpinionReport, ...] | PlatformError]:
        """Read the first page of each question, without its cursors."""
        pages = await self.list_question_opinion_reports(keys, PageArgs(first=MOST_RAISED), ask)
        return [page if isinstance(page, PlatformError) else page.nodes for page in pages]

    async def list_member_opinion_reports(
        self, keys: Sequence[str], query: OpinionReportQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per member; an unknown member has an empty one."""
        audience = _audience_of(ask.viewer)
        if audience.public:
            return [empty_page(page)] * len(keys)
        asked = _params_of(query) | audience.params()
        found = await self._reads.owned(OF_MEMBERS, _shape_for(audience), keys, page, ask, asked)
        return pages_without_hidden(found)


def _audience_of(viewer: Viewer) -> Audience:
    """Who asks, however they came to a report: a member by a scope of duties, others by ``opinion:read`` only."""
    audience = audience_of(viewer)
    if viewer.holds(Scope.OPINION_READ):
        return audience
    on_duty = viewer.holds(Scope.DUTY_READ) or viewer.holds(Scope.DUTY_WRITE)
    return replace(audience, staff=False) if on_duty else audience_of(ANYONE)


def _shape_for(audience: Audience) -> Guarded[OpinionReportPayload]:
    def read(payload: OpinionReportPayload) -> OpinionReport:
        return report_from(payload, entitled=entitled_to_titles(payload, audience))

    return guarded(OpinionReportPayload, read, lambda payload: shown_to(payload, audience))


def _params_of(query: OpinionReportQuery) -> dict[str, str]:
    """The filter and the order as the contract names them."""
    told = {
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
        "statuses": ",".join(status.value for status in query.statuses) if query.statuses else None,
        "category": query.category,
        "adoptionLevel": query.adopted.value if query.adopted else None,
        "authorId": query.author_key,
        "text": query.text,
        "changedSince": moment_text(query.changed_since) if query.changed_since else None,
        "orderBy": query.order.value,
    }
    return {name: value for name, value in told.items() if value is not None}
