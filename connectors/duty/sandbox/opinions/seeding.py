"""Makes the opinion reports of one committee, the same every time: every state, half of them raised from questions."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from connectors.duty.sandbox.causes import CAUSES, Cause
from connectors.duty.sandbox.opinions.kept import KeptReport, Source, Step
from connectors.duty.sandbox.proposals.seeding import proposals_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.records.opinion_report import AdoptionLevel, OpinionReportStatus
from connectors.records.organization import OrganizationLevel
from connectors.regions import REGIONS
from connectors.sandbox.scenes import ASKED
from connectors.sandbox.world import CommitteeSeed, StudioSeed, World

_S = OpinionReportStatus
_UP = (_S.SUBMITTED, _S.EDITING, _S.SIGNED_OFF, _S.REPORTED)
_ADOPTED = (*_UP, _S.ADOPTED, _S.INSTRUCTED, _S.FEEDBACK_GIVEN, _S.ARCHIVED)
PATHS: dict[OpinionReportStatus, tuple[OpinionReportStatus, ...]] = {
    _S.DRAFT: (),
    _S.SUBMITTED: _UP[:1],
    _S.EDITING: _UP[:2],
    _S.SIGNED_OFF: _UP[:3],
    _S.REPORTED: _UP,
    _S.ADOPTED: _ADOPTED[:5],
    _S.NOT_ADOPTED: (*_UP, _S.NOT_ADOPTED),
    _S.INSTRUCTED: _ADOPTED[:6],
    _S.FEEDBACK_GIVEN: _ADOPTED[:7],
    _S.ARCHIVED: _ADOPTED,
    _S.WITHDRAWN: (*_UP[:2], _S.WITHDRAWN),
}
"""The way to each state."""
_ORDER = (*PATHS, _S.ADOPTED, _S.REPORTED, _S.SUBMITTED, _S.ARCHIVED, _S.NOT_ADOPTED)
_PROVINCE = 20  # committees
_TITLES = ("关于{region}{theme}的建议", "{region}群众反映应{theme}", "基层反映：{theme}需多部门合力")
_ENDED = frozenset({_S.ARCHIVED, _S.NOT_ADOPTED, _S.WITHDRAWN, _S.FEEDBACK_GIVEN})
_LEVELS = {
    OrganizationLevel.PROVINCIAL: (AdoptionLevel.PROVINCIAL, AdoptionLevel.NATIONAL),
    OrganizationLevel.MUNICIPAL: (AdoptionLevel.MUNICIPAL, AdoptionLevel.PROVINCIAL),
}
_COUNTY_LEVELS = (AdoptionLevel.COUNTY, AdoptionLevel.MUNICIPAL, AdoptionLevel.PROVINCIAL)
_FILED_EACH = 3
"""The first, a draft, and every third behind it have a file beside them."""
_NOTES = {_S.WITHDRAWN: "情况已核实有出入，先行撤回", _S.NOT_ADOPTED: "同类信息已采用"}
_FEW_QUESTIONS, _MANY_QUESTIONS, _MANY_STUDIOS = 50, 200, 200
"""How many questions a studio has in the citizen app's sandbox, in a world of few studios and of many."""


def question_key(world: World, studio_at: int, number: int) -> str:
    """The key of a studio's question in the citizen app's sandbox, which numbers them through, studio by studio."""
    each = _FEW_QUESTIONS if len(world.studios) < _MANY_STUDIOS else _MANY_QUESTIONS
    return f"Q{studio_at * each + number + 1:07d}"


def reports_of(world: World, rolls: Rolls, committee: CommitteeSeed) -> Iterator[KeptReport]:
    """One committee's reports."""
    random = world.random(f"duty:opinions:{committee.code}")
    members = rolls.members_of(committee)
    studios = [(at, studio) for at, studio in enumerate(world.studios) if studio.committee is committee]
    count = len(_ORDER) * (2 if len(world.committees) <= _PROVINCE else 1)
    for at in range(count if members else 0):
        cause, status = random.choice(CAUSES), _ORDER[at % len(_ORDER)]
        authors = random.sample(members, min(len(members), random.choice((1, 1, 1, 2, 3))))
        report = _report(world, committee, cause, random, status=status, number=at + 1)
        report.authors = authors
        if studios and at % 2:
            report.sources = list(_sources(world, random, *random.choice(studios)))
        _walked(report, random, PATHS[status], moments=_moments(world, random, status))
        yield report
    yield from _converted(world, rolls, committee, random)


def _converted(world: World, rolls: Rolls, committee: CommitteeSeed, random: Random) -> Iterator[KeptReport]:
    """Those made from proposals, in the proposers' words."""
    for proposal in proposals_of(world, rolls, committee):
        if proposal.converted is None:
            continue
        report = KeptReport(
            id=proposal.converted,
            committee=committee,
            authors=[proposal.first_proposer],
            title=proposal.title,
            situation=proposal.background,
            analysis=proposal.analysis,
            suggestion=proposal.suggestion,
            category=proposal.category,
            status=_S.SUBMITTED,
            changed_at=proposal.changed_at,
            proposal=proposal.id,
        )
        _walked(report, random, PATHS[_S.SUBMITTED], moments=[proposal.changed_at])
        yield report


def _report(
    world: World, committee: CommitteeSeed, cause: Cause, random: Random, *, status: OpinionReportStatus, number: int
) -> KeptReport:
    region = REGIONS[committee.region_code].name
    return KeptReport(
        id=f"O{committee.region_code}{number:04d}",
        committee=committee,
        authors=[],
        title=random.choice(_TITLES).format(region=region, theme=cause.theme),
        situation=cause.situation.format(place=region),
        analysis=cause.analysis,
        suggestion=cause.suggestion,
        category=cause.category,
        status=status,
        changed_at=world.today,
        has_file=number % _FILED_EACH == 1,
        contact_point=f"{region}社情民意信息联系点" if random.random() < 0.4 else None,  # noqa: PLR2004 - some
    )


def _sources(world: World, random: Random, at: int, studio: StudioSeed) -> Iterator[Source]:
    """One to three questions of a studio."""
    for number in sorted(random.sample(range(_FEW_QUESTIONS), random.choice((1, 2, 3)))):
        title = random.choice(ASKED[studio.category])[0]
        yield Source(question_key(world, at, number), title, studio.category)


def _moments(world: World, random: Random, status: OpinionReportStatus) -> list[datetime]:
    """When it came to each state, backwards from the last; a draft was last written at the only one."""
    at = world.today.replace(microsecond=0) - timedelta(
        minutes=random.randint(20, (400 if status in _ENDED else 20) * 1440)
    )
    found = [at]
    for _ in PATHS[status][1:]:
        at -= timedelta(minutes=random.randint(300, 9 * 1440))
        found.append(at)
    return found[::-1]


def _walked(report: KeptReport, random: Random, path: tuple[OpinionReportStatus, ...], moments: list[datetime]) -> None:
    """Fill in what each state of its way brought with it."""
    report.changed_at = moments[-1]
    name, office = report.authors[0].person.name, f"{report.committee.short_name}办公室"
    for status, at in zip(path, moments, strict=False):
        if status is _S.SUBMITTED:
            report.submitted_at = at
            report.number = report_number(report, at, int(report.id[-4:]))
        elif status is _S.ADOPTED:
            report.adoptions = list(_adoptions(report, random, at))
        elif status is _S.INSTRUCTED:
            report.instructions.append((_leader(report), "请有关部门研究，提出办理意见。", at))
        by = name if status in {_S.SUBMITTED, _S.WITHDRAWN} else office
        report.history.append(Step(status, at, by, _NOTES.get(status)))


def _adoptions(report: KeptReport, random: Random, at: datetime) -> Iterator[tuple[AdoptionLevel, date, str | None]]:
    """Its own level's, and often that of the next one up."""
    levels = _LEVELS.get(report.committee.level, _COUNTY_LEVELS)
    for number, level in enumerate(levels[: random.choice((1, 1, 2, 3))]):
        yield level, (at + timedelta(days=5 * number)).date(), _leader(report) if random.random() < 0.5 else None  # noqa: PLR2004 - half


def _leader(report: KeptReport) -> str:
    return f"{REGIONS[report.committee.region_code].name}政府分管领导"


def report_number(report: KeptReport, at: datetime, serial: int) -> str:
    """The number a submitted report bears: the committee, the year, a running number."""
    return f"{report.committee.short_name}信〔{at.year}〕{serial}号"
