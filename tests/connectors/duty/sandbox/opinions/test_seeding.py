"""The sandbox's opinion reports: every state, raised from questions that exist."""

from itertools import pairwise

from connectors.duty.sandbox.opinions.seeding import PATHS, reports_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.records.opinion_report import REPORT_NEXT, OpinionReportStatus
from connectors.sandbox.world import World
from connectors.zheliban.sandbox.studios.seeding import seeded_questions


def test_every_state_occurs_in_every_committee(world: World) -> None:
    """A page for each state can be looked at."""
    rolls = Rolls(world)
    for committee in world.committees:
        found = list(reports_of(world, rolls, committee))

        assert {each.status for each in found} == set(OpinionReportStatus)
        assert {author.committee for each in found for author in each.authors} == {committee}


def test_the_way_to_a_state_is_one_the_table_allows() -> None:
    """Nothing seeded has come where the table does not let it."""
    for state, path in PATHS.items():
        assert path[-1:] == ((state,) if path else ())
        assert all(to in REPORT_NEXT[before] for before, to in pairwise((OpinionReportStatus.DRAFT, *path)))


def test_a_report_holds_together(world: World) -> None:
    """Its history ends where it stands, never in the future; numbers, adoptions and instructions fit its state."""
    rolls = Rolls(world)
    for committee in world.committees:
        for each in reports_of(world, rolls, committee):
            states = {step.status for step in each.history}
            assert [step.status for step in each.history] == list(PATHS[each.status])
            assert all(a.at < b.at for a, b in pairwise(each.history))
            assert each.changed_at < world.today
            assert (each.number is not None) is (each.submitted_at is not None) is bool(states)
            assert bool(each.adoptions) is (OpinionReportStatus.ADOPTED in states)
            assert bool(each.instructions) is (OpinionReportStatus.INSTRUCTED in states)


def test_its_questions_are_the_citizen_apps(world: World) -> None:
    """Each question exists there, at a studio of the report's committee and of the category it is told with."""
    questions = {question.id: question for question in seeded_questions(world)}
    rolls = Rolls(world)
    sources = [(c, s) for c in world.committees for r in reports_of(world, rolls, c) for s in r.sources]

    assert len(sources) > 50
    for committee, source in sources:
        studio = questions[source.id].studio
        assert (studio.committee, studio.category) == (committee, source.category)
