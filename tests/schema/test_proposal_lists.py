"""What the filters of proposals and micro-suggestions ask a source for."""

from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import GraphQLObjectType

from connectors.records.micro_suggestion import MicroStatus, MicroSuggestionOrder, MicroSuggestionQuery
from connectors.records.organization import OrganizationRef
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalOrder, ProposalQuery
from connectors.refusals import RefusedError
from schema.build import shared_schema
from schema.declarations import Many
from schema.fields import declaration_of
from schema.identifiers import global_id

COMMITTEE, MEMBER = global_id("Organization", "GO_1"), global_id("Member", "M1")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
NEWEST: dict[str, Any] = {"orderBy": ProposalOrder.SUBMITTED_AT_DESC}
NEWEST_MICRO: dict[str, Any] = {"orderBy": MicroSuggestionOrder.SUBMITTED_AT_DESC}


def asked(coordinate: str, arguments: dict[str, Any], parent: Any = None) -> Any:
    """What the source is asked for by a list of the graph."""
    type_name, field = coordinate.split(".")
    owner = shared_schema().type_map[type_name]
    assert isinstance(owner, GraphQLObjectType)
    declaration = declaration_of(owner.fields[field])
    assert declaration is not None
    assert isinstance(declaration.read, Many)
    return declaration.read.owner(parent, arguments)


def test_an_empty_filter_asks_for_all() -> None:
    """So does none."""
    assert asked("Query.proposals", {"filter": {}, **NEWEST}) == ProposalQuery()
    assert asked("Query.proposals", NEWEST) == ProposalQuery()
    assert asked("Query.microSuggestions", NEWEST_MICRO) == MicroSuggestionQuery()


def test_every_part_of_the_filter_is_asked_for() -> None:
    """Ids become keys, words are trimmed."""
    filters = {
        "statuses": [ProposalStatus.FILED],
        "organizationId": COMMITTEE,
        "regionCode": "331002",
        "term": 14,
        "session": 3,
        "category": "ECONOMY",
        "isKey": True,
        "isOutstanding": False,
        "firstProposerId": MEMBER,
        "proposerId": MEMBER,
        "text": " 公交 ",
        "changedSince": SINCE,
    }

    assert asked("Query.proposals", {"filter": filters, "orderBy": ProposalOrder.CHANGED_AT_ASC}) == ProposalQuery(
        organization_key="GO_1",
        region_key="331002",
        term=14,
        session=3,
        statuses=(ProposalStatus.FILED,),
        category="ECONOMY",
        is_key=True,
        is_outstanding=False,
        first_proposer_key="M1",
        proposer_key="M1",
        text="公交",
        changed_since=SINCE,
        order=ProposalOrder.CHANGED_AT_ASC,
    )


def test_every_part_of_the_small_filter_is_asked_for() -> None:
    """Of micro-suggestions."""
    filters = {
        "status": MicroStatus.DONE,
        "organizationId": COMMITTEE,
        "regionCode": "331002",
        "authorId": MEMBER,
        "text": "路灯",
        "changedSince": SINCE,
    }

    assert asked("Query.microSuggestions", {"filter": filters, **NEWEST_MICRO}) == MicroSuggestionQuery(
        organization_key="GO_1",
        region_key="331002",
        status=MicroStatus.DONE,
        author_key="M1",
        text="路灯",
        changed_since=SINCE,
    )


@pytest.mark.parametrize("field", ["proposals", "microSuggestions"])
def test_a_committees_list_is_its_own(field: str) -> None:
    """Whatever the filter names."""
    order = NEWEST if field == "proposals" else NEWEST_MICRO
    other = {"filter": {"organizationId": global_id("Organization", "GO_2")}, **order}

    assert asked(f"Organization.{field}", other, OrganizationRef(key="GO_1")).organization_key == "GO_1"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"organizationId": MEMBER}, "BAD_ID"),
        ({"proposerId": "nothing"}, "BAD_ID"),
        ({"regionCode": "000000"}, "BAD_INPUT"),
        ({"term": 0}, "BAD_INPUT"),
        ({"session": 1000}, "BAD_INPUT"),
        ({"category": "a b"}, "BAD_INPUT"),
        ({"text": "长" * 51}, "BAD_INPUT"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], code: str) -> None:
    """Before any platform is asked."""
    with pytest.raises(RefusedError) as refused:
        asked("Query.proposals", {"filter": wrong, **NEWEST})

    assert refused.value.code == code
