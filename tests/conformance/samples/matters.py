"""What members take up and committees consult on: proposals, reports, micro-suggestions, forms, events, plans."""

from connectors.duty.sandbox.consulting.forms import forms_of
from connectors.duty.sandbox.opinions.seeding import reports_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.records.micro_suggestion import MicroStatus, MicroSuggestionQuery
from connectors.records.opinion_report import OpinionReportOrder, OpinionReportQuery
from connectors.records.proposal_lists import ProposalOrder, ProposalQuery, ProposalShare
from connectors.sandbox.world import World
from tests.conformance.samples.asking import PAGE, Keys, More, a_page, nothing_more


def of_first(kind: str, *numbers: int) -> Keys:
    """Keys of the first committee's things; a key is the kind, the division and a number."""
    return lambda world: [f"{kind}{world.committees[0].region_code}{number:04d}" for number in numbers]


def short(kind: str) -> Keys:
    """The same, of what a committee has few of."""
    return lambda world: [f"{kind}{world.committees[0].region_code}{number:02d}" for number in (1, 2, 3)]


def organizations(world: World) -> list[str]:
    """Codes of committees."""
    return [committee.code for committee in world.committees[:3]]


def proposers(world: World) -> list[str]:
    """Keys of the first committee's members, of whom some propose."""
    return [member.key for member in Rolls(world).members_of(world.committees[0])]


def questions(world: World) -> list[str]:
    """Keys of questions that reports were raised from."""
    reports = reports_of(world, Rolls(world), world.committees[0])
    return [source.id for report in reports if report.submitted_at for source in report.sources][:3]


def codes(world: World) -> list[str]:
    """What the QR codes of the first committee's forms say."""
    return [form.code for form in forms_of(world, world.committees[0])]


def of_all_years(_: World) -> tuple[object, ...]:
    """A page, of no year in particular."""
    return (None, PAGE)


KEYED: dict[str, tuple[Keys, More]] = {
    "load_proposals": (of_first("P", 2, 3, 5), nothing_more),
    "load_proposal_counts": (organizations, nothing_more),
    "load_proposal_categories": (organizations, nothing_more),
    "load_opinion_reports": (of_first("O", 2, 3, 6), nothing_more),
    "load_micro_suggestions": (of_first("W", 1, 2, 3), nothing_more),
    "load_suggestion_forms": (short("F"), nothing_more),
    "load_suggestion_forms_by_code": (codes, nothing_more),
    "load_hall_events": (short("H"), nothing_more),
    "load_oversights": (
        lambda w: [f"D{w.committees[0].region_code}V01", f"D{w.committees[0].region_code}V02"],
        nothing_more,
    ),
    "load_consultation_plans": (lambda w: [f"L{w.committees[0].region_code}{w.today.year}"], nothing_more),
}
NAMED_BY = {"load_suggestion_forms_by_code": "code"}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_proposals": (
        lambda _: [ProposalQuery(), ProposalQuery(region_key="331002", order=ProposalOrder.CHANGED_AT_ASC)],
        a_page,
    ),
    "list_member_proposals": (proposers, lambda _: (ProposalShare.ANY, ProposalQuery(), PAGE)),
    "list_co_proposers": (of_first("P", *range(2, 40)), a_page),
    "list_opinion_reports": (
        lambda _: [OpinionReportQuery(), OpinionReportQuery(order=OpinionReportOrder.CHANGED_AT_ASC)],
        a_page,
    ),
    "list_question_opinion_reports": (questions, a_page),
    "list_raised_reports": (questions, nothing_more),
    "list_named_questions": (lambda world: [(key,) for key in questions(world)], a_page),
    "list_member_opinion_reports": (proposers, lambda _: (OpinionReportQuery(), PAGE)),
    "list_micro_suggestions": (
        lambda _: [MicroSuggestionQuery(), MicroSuggestionQuery(status=MicroStatus.DONE)],
        a_page,
    ),
    "list_member_micro_suggestions": (proposers, a_page),
    "list_organization_suggestion_forms": (organizations, a_page),
    "list_organization_hall_events": (organizations, a_page),
    "list_organization_oversights": (organizations, of_all_years),
    "list_organization_consultation_plans": (organizations, of_all_years),
}
