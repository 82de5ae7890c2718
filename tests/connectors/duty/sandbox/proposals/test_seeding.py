"""The sandbox's proposals: every state, the same whoever makes them."""

from collections import Counter
from itertools import pairwise

from connectors.duty.sandbox.proposals.docket import Docket
from connectors.duty.sandbox.proposals.rows import proposal_row
from connectors.duty.sandbox.proposals.seeding import proposals_of
from connectors.duty.sandbox.proposals.ways import PATHS
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL
from connectors.records.proposal import NEXT, ProposalStatus, ProposerType
from connectors.sandbox.building import build_world
from connectors.sandbox.world import World


def test_every_state_occurs_in_every_committee(world: World) -> None:
    """However small the world, a page for each state can be looked at; proposers of every kind exist."""
    rolls = Rolls(world)

    made = {committee.code: proposals_of(world, rolls, committee) for committee in world.committees}

    assert all({each.status for each in found} == set(ProposalStatus) for found in made.values())
    assert {each.proposer_type for found in made.values() for each in found} == set(ProposerType)
    assert len({each.id for found in made.values() for each in found}) == sum(map(len, made.values()))


def test_the_way_to_a_state_is_one_the_table_allows() -> None:
    """Nothing seeded has come where the table does not let it."""
    for state, path in PATHS.items():
        assert path[-1:] == ((state,) if path else ())
        assert all(to in NEXT[before] for before, to in pairwise((ProposalStatus.DRAFT, *path)))


def test_a_proposal_holds_together(world: World) -> None:
    """Its history ends where it stands, never in the future; units, numbers and replies fit its state."""
    rolls = Rolls(world)
    for committee in world.committees:
        members = {member.key for member in rolls.members_of(committee)}
        for each in proposals_of(world, rolls, committee):
            assert {m.key for m in (each.first_proposer, *each.co_proposers)} <= members
            assert [step.status for step in each.history] == list(PATHS[each.status])
            assert all(a.at < b.at for a, b in pairwise(each.history))
            assert each.changed_at == (each.history[-1].at if each.history else each.changed_at) < world.today
            states = {step.status for step in each.history}
            assert (each.proposal_no is not None) is (ProposalStatus.FILED in states)
            assert bool(each.handlers) is (ProposalStatus.ASSIGNED in states)
            assert bool(each.replies) is (ProposalStatus.REPLIED in states)


def test_the_same_world_has_the_same_proposals(world: World) -> None:
    """Made twice, row for row; another seed gives others."""
    other = build_world(seed=7, today=world.today)

    def all_rows(of: World) -> list[dict[str, object]]:
        return [proposal_row(each) for each in Docket(of, Rolls(of)).shelf.of(ALL)]

    assert all_rows(world) == all_rows(world)
    assert Counter(map(str, all_rows(world))) != Counter(map(str, all_rows(other)))
