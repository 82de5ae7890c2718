"""Which proposals a list is of: filter, order, and the lists that belong to nobody, a member or a committee.

Knows no type that shows a proposal, so that members and organisations can have lists of them.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import ProposalSource
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalOrder, ProposalQuery, ProposalShare
from connectors.refusals import RefusedError
from connectors.viewer import Role, Scope
from schema.declarations import Requirement
from schema.fields import CHINESE, argument, optional
from schema.identifiers import key_named
from schema.paging import connection
from schema.places import known_region

ON_DUTY = Requirement(Scope.DUTY_READ, roles=frozenset({Role.MEMBER, Role.OFFICIAL, Role.STAFF}))
"""What happens inside the offices is for those who do duty; what is published is for everybody."""

_LONGEST = 50
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST = 999

for _enum, _zh, _en in (
    (ProposalStatus, "提案的状态", "Where a proposal stands."),
    (ProposalOrder, "提案列表的次序", "Orders in which proposals can be listed."),
    (ProposalShare, "委员在提案中的身份", "Which of a member's proposals."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@strawberry.input(description="Which proposals; what is left out does not matter.")
class ProposalFilter:
    """All fields optional."""

    statuses: list[ProposalStatus] | None = optional("处于这些状态之一", "In one of these states.")
    organization_id: strawberry.ID | None = optional("提交到的政协组织", "Submitted to that committee.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    term: int | None = optional("届", "Of that term of the committee.")
    session: int | None = optional("次", "Of that session of the term.")
    category: str | None = optional("类别代码", "Code of its category in the committee's table.")
    is_key: bool | None = optional("是否重点提案", "Whether it is a key proposal.")
    is_outstanding: bool | None = optional("是否优秀提案", "Whether it is an outstanding proposal.")
    first_proposer_id: strawberry.ID | None = optional("第一提案人", "First proposed by that member.")
    proposer_id: strawberry.ID | None = optional("第一提案人或联名人", "Proposed or co-signed by that member.")
    text: str | None = optional("标题中的文字", f"Words in its title, at most {_LONGEST} characters.")
    changed_since: datetime | None = optional(
        "此后有变动的，含已撤回的", "Changed since then; the withdrawn ones are told too."
    )


setattr(ProposalFilter, CHINESE, "提案的筛选条件，均可不填")


def text_of(chosen: Mapping[str, Any]) -> str | None:
    """The words to look for. Raises ``RefusedError`` (BAD_INPUT) for too many."""
    text = (chosen.get("text") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="text")
    return text or None


def _number(chosen: Mapping[str, Any], name: str) -> int | None:
    """A term or a session. Raises ``RefusedError`` (BAD_INPUT) for what can be neither."""
    number: int | None = chosen.get(name)
    if number is not None and not 0 < number <= _MOST:
        raise RefusedError("BAD_INPUT", field=name)
    return number


def _category(chosen: Mapping[str, Any]) -> str | None:
    """The code. Raises ``RefusedError`` (BAD_INPUT) for what is none."""
    code: str | None = chosen.get("category")
    if code is not None and not _CODE.fullmatch(code):
        raise RefusedError("BAD_INPUT", field="category")
    return code


def proposal_query(arguments: Mapping[str, Any], organization_key: str | None = None) -> ProposalQuery:
    """What the source is asked for; a committee's own list is of that one. Raises ``RefusedError``."""
    chosen = arguments.get("filter") or {}
    return ProposalQuery(
        organization_key=organization_key or key_named(chosen.get("organizationId"), "Organization"),
        region_key=known_region(chosen.get("regionCode")),
        term=_number(chosen, "term"),
        session=_number(chosen, "session"),
        statuses=tuple(chosen.get("statuses") or ()) or None,
        category=_category(chosen),
        is_key=chosen.get("isKey"),
        is_outstanding=chosen.get("isOutstanding"),
        first_proposer_key=key_named(chosen.get("firstProposerId"), "Member"),
        proposer_key=key_named(chosen.get("proposerId"), "Member"),
        text=text_of(chosen),
        changed_since=chosen.get("changedSince"),
        order=arguments["orderBy"],
    )


CHOOSING = (
    argument("filter", ProposalFilter | None, zh="筛选", en="Which proposals."),
    argument("orderBy", ProposalOrder, zh="次序", en="In which order.", default=ProposalOrder.SUBMITTED_AT_DESC),
)

PROPOSALS: Any = connection(
    ProposalSource.list_proposals,
    arguments=CHOOSING,
    owner=lambda _, arguments: proposal_query(arguments),
    zh="提案；委员和机关工作人员可见已提交的，其他人只见已立案且同意公开的，草稿仅本人可见",
    en="Proposals: members and staff see those submitted, others what was filed with consent to publish.",
)
"""The root list."""

ORGANIZATION_PROPOSALS: Any = connection(
    ProposalSource.list_proposals,
    arguments=CHOOSING,
    owner=lambda parent, arguments: proposal_query(arguments, parent.key),
    zh="提交到该政协组织的提案，只含提问者可见的",
    en="Proposals submitted to the committee, of those the asker may see.",
)
"""A committee's list; the organisation of a filter does not count beside it."""

MEMBER_PROPOSALS: Any = connection(
    ProposalSource.list_member_proposals,
    arguments=(
        argument(
            "share",
            ProposalShare,
            zh="第一提案人、联名人，或两者",
            en="Those proposed first-hand, those co-signed, or both.",
            default=ProposalShare.ANY,
        ),
        *CHOOSING,
    ),
    taken=lambda arguments: (arguments["share"], proposal_query(arguments)),
    zh="该委员提出或联名的提案，只含提问者可见的",
    en="Proposals the member made or co-signed, of those the asker may see.",
)
"""A member's list."""
