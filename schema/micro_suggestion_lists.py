"""Which micro-suggestions a list is of; knows no type that shows one, as ``proposal_lists``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import MicroSuggestionSource
from connectors.records.micro_suggestion import MicroSuggestionOrder, MicroSuggestionQuery
from schema.declarations import Found
from schema.fields import CHINESE, argument, optional
from schema.identifiers import key_named
from schema.micro_status import MicroStatus
from schema.paging import connection
from schema.places import known_region
from schema.proposal_lists import ON_DUTY, text_of

strawberry.enum(MicroSuggestionOrder, description="Orders in which micro-suggestions can be listed.")
setattr(MicroSuggestionOrder, CHINESE, "微建议列表的次序")


@strawberry.input(description="Which micro-suggestions; what is left out does not matter.")
class MicroSuggestionFilter:
    """All fields optional."""

    status: MicroStatus | None = optional("进展", "Where it stands.")
    organization_id: strawberry.ID | None = optional("提交到的政协组织", "Submitted to that committee.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code; what lies in it is included.")
    author_id: strawberry.ID | None = optional("提出的委员", "Made by that member.")
    text: str | None = optional("标题中的文字", "Words in its title, at most 50 characters.")
    changed_since: datetime | None = optional("此后有变动的", "Changed since then.")


setattr(MicroSuggestionFilter, CHINESE, "微建议的筛选条件，均可不填")


def micro_suggestion_query(arguments: Mapping[str, Any], organization_key: str | None = None) -> MicroSuggestionQuery:
    """What the source is asked for; a committee's own list is of that one. Raises ``RefusedError``."""
    chosen = arguments.get("filter") or {}
    return MicroSuggestionQuery(
        organization_key=organization_key or key_named(chosen.get("organizationId"), "Organization"),
        region_key=known_region(chosen.get("regionCode")),
        status=chosen.get("status"),
        author_key=key_named(chosen.get("authorId"), "Member"),
        text=text_of(chosen),
        changed_since=chosen.get("changedSince"),
        order=arguments["orderBy"],
    )


CHOOSING = (
    argument("filter", MicroSuggestionFilter | None, zh="筛选", en="Which micro-suggestions."),
    argument(
        "orderBy", MicroSuggestionOrder, zh="次序", en="In which order.", default=MicroSuggestionOrder.SUBMITTED_AT_DESC
    ),
)

MICRO_SUGGESTIONS_BY_ID = Found(MicroSuggestionSource.load_micro_suggestions, requires=ON_DUTY)
MICRO_SUGGESTIONS: Any = connection(
    MicroSuggestionSource.list_micro_suggestions,
    arguments=CHOOSING,
    owner=lambda _, arguments: micro_suggestion_query(arguments),
    requires=ON_DUTY,
    zh="微建议",
    en="Micro-suggestions.",
)
"""The root list."""

ORGANIZATION_MICRO_SUGGESTIONS: Any = connection(
    MicroSuggestionSource.list_micro_suggestions,
    arguments=CHOOSING,
    owner=lambda parent, arguments: micro_suggestion_query(arguments, parent.key),
    requires=ON_DUTY,
    zh="提交到该政协组织的微建议",
    en="Micro-suggestions submitted to the committee.",
)
"""A committee's list."""

MEMBER_MICRO_SUGGESTIONS: Any = connection(
    MicroSuggestionSource.list_member_micro_suggestions,
    requires=ON_DUTY,
    zh="该委员提出的微建议，新的在前",
    en="Micro-suggestions the member made, newest first.",
)
"""A member's list."""
