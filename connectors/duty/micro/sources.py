"""``MicroSuggestionSource`` over the duty platform; everybody sees the same."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint, moment_text
from connectors.contracted.rows import Shape
from connectors.duty.micro.mapping import micro_suggestion_from
from connectors.duty.micro.payloads import MicroSuggestionPayload
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import PUBLISHED
from connectors.records.micro_suggestion import MicroSuggestion, MicroSuggestionQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask

BY_KEY = Endpoint("micro", "/micro-suggestions", PUBLISHED, tags=("micro-suggestion:{key}",))
LISTED = Endpoint("micro.list", "/micro-suggestions/list", PUBLISHED, tags=("micro-suggestions",))
OF_MEMBERS = Endpoint(
    "members.micro",
    "/members/micro-suggestions",
    PUBLISHED,
    tags=(
        "micro-suggestions",
        "member:{key}",
    ),
)
_SUGGESTION = Shape(MicroSuggestionPayload, micro_suggestion_from)


class DutyMicroSuggestions:
    """By key, the list of all, and those of members."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_micro_suggestions(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MicroSuggestion | PlatformError | None]:
        """Read micro-suggestions by key."""
        return await self._reads.keyed(BY_KEY, _SUGGESTION, keys, ask)

    async def list_micro_suggestions(
        self, queries: Sequence[MicroSuggestionQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MicroSuggestion] | PlatformError]:
        """Read one page per query."""
        return await self._reads.listed(LISTED, _SUGGESTION, [_params_of(query) for query in queries], page, ask)

    async def list_member_micro_suggestions(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MicroSuggestion] | PlatformError]:
        """Read one page per member; an unknown member has an empty one."""
        return await self._reads.owned(OF_MEMBERS, _SUGGESTION, keys, page, ask)


def _params_of(query: MicroSuggestionQuery) -> dict[str, str]:
    """The filter and the order as the contract names them."""
    told = {
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
        "status": query.status.value if query.status else None,
        "authorId": query.author_key,
        "text": query.text,
        "changedSince": moment_text(query.changed_since) if query.changed_since else None,
        "orderBy": query.order.value,
    }
    return {name: value for name, value in told.items() if value is not None}
