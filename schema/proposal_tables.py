"""What a committee has for its proposals: its code tables, and how many stand where."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import ProposalSource
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalStatusCount as StatusCountRecord
from schema.code import Code
from schema.context import Context
from schema.fields import argument, described, link, many, value
from schema.identifiers import key_named
from schema.proposal_lists import ON_DUTY


@described(zh="委员会的提案代码表", en="A committee's code tables for proposals.")
class ProposalCategories:
    """Read from ``connectors.records.proposal_lists.ProposalCategories``."""

    categories: list[Code | None] | None = value("categories", zh="提案类别", en="Categories of proposals.")
    grades: list[Code | None] | None = value("grades", zh="办理结果分类", en="Grades of replies.")


@described(zh="处于一个状态的提案数", en="How many proposals stand in one state.")
class ProposalStatusCount:
    """Read from ``connectors.records.proposal_lists.ProposalStatusCount``."""

    status: ProposalStatus | None = value("status", zh="状态", en="The state.")
    count: int | None = value("count", zh="件数", en="How many.")


def _by_status(counts: Mapping[ProposalStatus, int], _: Context) -> list[StatusCountRecord]:
    return [StatusCountRecord(status=status, count=counts[status]) for status in ProposalStatus if status in counts]


@described(zh="委员会的提案数", en="How many proposals a committee has, drafts not counted.")
class ProposalCounts:
    """Read from ``connectors.records.proposal_lists.ProposalCounts``."""

    total: int | None = value("total", zh="总数", en="All that were submitted.")
    key_proposals: int | None = value("key_proposals", zh="重点提案数", en="Key proposals.")
    outstanding: int | None = value("outstanding", zh="优秀提案数", en="Outstanding ones.")
    by_status: list[ProposalStatusCount] | None = value(
        "by_status", then=_by_status, zh="各状态的件数，没有的不列", en="By state; a state without any is left out."
    )


PROPOSAL_CATEGORIES: Any = many(
    ProposalSource.load_proposal_categories,
    arguments=(argument("organizationId", strawberry.ID, zh="政协组织", en="The committee."),),
    owner=lambda _, arguments: key_named(arguments.get("organizationId"), "Organization"),
    zh="一个委员会的提案代码表；普通单位为空",
    en="A committee's code tables for proposals; null for a plain unit.",
)
"""The root field."""

ORGANIZATION_CATEGORIES: Any = link(
    ProposalSource.load_proposal_categories,
    zh="提案代码表；普通单位为空",
    en="The committee's code tables for proposals; null for a plain unit.",
)
"""A committee's."""

ORGANIZATION_COUNTS: Any = link(
    ProposalSource.load_proposal_counts,
    requires=ON_DUTY,
    zh="提案数，按状态；普通单位为空",
    en="How many proposals were submitted to it, by state; null for a plain unit.",
)
"""A committee's, of all it was handed, published or not."""
