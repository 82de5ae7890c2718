"""The duty platform's port for deliberations."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint, moment_text
from connectors.contracted.rows import Shape
from connectors.duty.deliberations.mapping import deliberation_from
from connectors.duty.deliberations.payloads import DeliberationPayload
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import NOW, PUBLISHED
from connectors.records.deliberation import Deliberation, DeliberationQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask

_BY_KEY = Endpoint("deliberations", "/deliberations", PUBLISHED, tags=("deliberation:{key}",))
_LIST = Endpoint("deliberations.list", "/deliberations/list", PUBLISHED, tags=("deliberations",))
_CHANGES = Endpoint("deliberations.list", "/deliberations/list", NOW, tags=("deliberations",))
_CHILDREN = Endpoint("deliberations.children", "/deliberations/children", PUBLISHED, tags=("deliberations",))
_OF_MEMBERS = Endpoint(
    "members.deliberations",
    "/members/deliberations",
    PUBLISHED,
    tags=(
        "deliberations",
        "member:{key}",
    ),
)
_SHAPE = Shape(DeliberationPayload, deliberation_from)


class DutyDeliberations:
    """``DeliberationSource``: everybody sees the same, so answers are shared."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_deliberations(self, keys: Sequence[str], ask: Ask) -> Sequence[Deliberation | PlatformError | None]:
        """Read deliberations by key; None also for one that was withdrawn."""
        return await self._reads.keyed(_BY_KEY, _SHAPE, keys, ask)

    async def list_deliberations(
        self, queries: Sequence[DeliberationQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page per query, a call each. What changed is never kept: nobody asks for it to see it late."""
        endpoint = _CHANGES if any(query.changed_since for query in queries) else _LIST
        return await self._reads.listed(endpoint, _SHAPE, [params_of(query) for query in queries], page, ask)

    async def list_sub_deliberations(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page of sub-topics per deliberation key; an unknown one has none."""
        return await self._reads.owned(_CHILDREN, _SHAPE, keys, page, ask)

    async def list_member_deliberations(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page per member key; an unknown one has none."""
        return await self._reads.owned(_OF_MEMBERS, _SHAPE, keys, page, ask)


def params_of(query: DeliberationQuery) -> dict[str, str]:
    """The query as parameters of the list."""
    told = {
        "kind": query.kind.value if query.kind else None,
        "status": query.status.value if query.status else None,
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
        "text": query.text,
        "topLevel": "true" if query.top_level else None,
        "changedSince": moment_text(query.changed_since) if query.changed_since else None,
        "orderBy": "CHANGED_AT_ASC" if query.changed_since else query.order.value,
    }
    return {name: value for name, value in told.items() if value}
