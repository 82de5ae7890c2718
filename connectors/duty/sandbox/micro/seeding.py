"""A micro-suggestion as the sandbox keeps it; makes those of one committee, the same every time, at every step."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from connectors.duty.sandbox.causes import CAUSES, Cause
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.records.micro_suggestion import MicroStatus, MicroStepKind
from connectors.regions import REGIONS
from connectors.sandbox.world import CommitteeSeed, MemberSeed, PersonSeed, UnitSeed, World

KINDS = tuple(MicroStepKind)
_PROVINCE, _COUNTY_EACH, _PROVINCE_EACH = 20, 18, 11  # committees; suggestions of each
_SMALL = tuple(cause for cause in CAUSES if cause.category not in {"ECONOMY", "AGRICULTURE"})
"""What concerns a street rather than a trade."""
_TITLES = ("请尽快{theme}", "身边小事：{theme}", "{region}居民期盼{theme}")
_SUMMARIES = {
    MicroStepKind.SUGGESTION: "委员提交微建议，附现场照片。",
    MicroStepKind.RESEARCH: "委员与街道、社区到现场查看，走访群众二十余户。",
    MicroStepKind.CONSULTATION: "专委会牵头，部门、社区和居民代表面对面协商。",
    MicroStepKind.SUPERVISION: "委员与媒体联合督办，查看整改进度。",
    MicroStepKind.SERVICE: "问题办结，居民满意，列入长效管理。",
}


@dataclass(slots=True)
class Step:
    """One of the five."""

    kind: MicroStepKind
    status: MicroStatus = MicroStatus.NOT_STARTED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    unit: UnitSeed | None = None
    summary: str | None = None


@dataclass(slots=True)
class KeptSuggestion:
    """Everything about one."""

    id: str
    committee: CommitteeSeed
    author: MemberSeed
    title: str
    body: str
    region_code: str
    submitted_at: datetime
    changed_at: datetime
    steps: list[Step] = field(default_factory=lambda: [Step(kind) for kind in KINDS])
    supervisors: list[PersonSeed] = field(default_factory=list)
    photo: bool = False

    @property
    def status(self) -> MicroStatus:
        """Done when all steps are, begun when one is."""
        states = {step.status for step in self.steps}
        return states.pop() if len(states) == 1 else MicroStatus.IN_PROGRESS


def suggestions_of(world: World, rolls: Rolls, committee: CommitteeSeed) -> Iterator[KeptSuggestion]:
    """One committee's; they stand at every place of the way, from just submitted to done."""
    random = world.random(f"duty:micro:{committee.code}")
    members = rolls.members_of(committee)
    count = _COUNTY_EACH if len(world.committees) <= _PROVINCE else _PROVINCE_EACH
    for at in range(count if members else 0):
        cause, author = random.choice(_SMALL), random.choice(members)
        suggestion = _suggestion(world, committee, cause, random, author=author, at=at)
        _walked(world, rolls, suggestion, cause, random, half_steps=at % (2 * len(KINDS)))
        yield suggestion


def _suggestion(
    world: World, committee: CommitteeSeed, cause: Cause, random: Random, *, author: MemberSeed, at: int
) -> KeptSuggestion:
    region = REGIONS[committee.region_code].name
    submitted = world.today.replace(microsecond=0) - timedelta(minutes=random.randint(60, 200 * 1440))
    return KeptSuggestion(
        id=f"W{committee.region_code}{at + 1:04d}",
        committee=committee,
        author=author,
        title=random.choice(_TITLES).format(region=region, theme=cause.theme),
        body=f"{cause.situation.format(place=region)}{cause.suggestion}",
        region_code=committee.region_code,
        submitted_at=submitted,
        changed_at=submitted,
        photo=random.random() < 0.6,  # noqa: PLR2004 - most show what they mean
    )


def _walked(
    world: World, rolls: Rolls, suggestion: KeptSuggestion, cause: Cause, random: Random, *, half_steps: int
) -> None:
    """Let it be so many half steps (begun, done) further than submitted; never in the future."""
    office = rolls.units[f"{suggestion.committee.code}bg"]
    bureau = rolls.bureaus_of(suggestion.committee)[cause.bureau]
    pause = (world.today - suggestion.submitted_at) / (2 * len(KINDS) + 1)
    at = suggestion.submitted_at
    for number, step in enumerate(suggestion.steps):
        if number and half_steps < 2 * number - 1:
            break
        step.unit = office if number % 2 == 0 else bureau
        step.started_at, step.status = at, MicroStatus.IN_PROGRESS
        if number == 0 or half_steps >= 2 * number:
            at += pause * random.uniform(0.4, 1) if number else timedelta()
            step.finished_at, step.status, step.summary = at, MicroStatus.DONE, _SUMMARIES[step.kind]
        suggestion.changed_at = at
        at += pause * random.uniform(0.4, 1)
    if half_steps > 1:
        suggestion.supervisors = rolls.people_of(suggestion.committee.code)[:2]


def suggestion_row(suggestion: KeptSuggestion) -> dict[str, Any]:
    """A ``MicroSuggestion`` of the contract."""
    supervisors = [(person, person.work) for person in suggestion.supervisors]
    photo = {"id": f"{suggestion.id}-1", "kind": "IMAGE", "name": "现场.png", "path": f"attachments/{suggestion.id}-1"}
    return of_committee(suggestion.committee) | {
        "id": suggestion.id,
        "title": suggestion.title,
        "body": suggestion.body,
        "status": suggestion.status.value,
        "regionCode": suggestion.region_code,
        "author": named_member(suggestion.author),
        "steps": [_step_row(step) for step in suggestion.steps],
        "supervisors": [{"employeeCode": work.employee_code, "name": p.name} for p, work in supervisors if work],
        "attachments": [photo] if suggestion.photo else [],
        "submittedAt": suggestion.submitted_at,
        "changedAt": suggestion.changed_at,
    }


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "status": step.status.value,
        "startedAt": step.started_at,
        "finishedAt": step.finished_at,
        "organizationCode": step.unit.code if step.unit else None,
        "organizationName": step.unit.name if step.unit else None,
        "summary": step.summary,
    }
