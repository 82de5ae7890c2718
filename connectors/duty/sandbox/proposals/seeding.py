"""Makes the proposals of one committee, the same every time: two dozen and a few, every state among them."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from connectors.duty.sandbox.bonds import remote_talks
from connectors.duty.sandbox.causes import CAUSES
from connectors.duty.sandbox.proposals.filed import FiledProposal
from connectors.duty.sandbox.proposals.ways import PATHS, Case, walked
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import named_member
from connectors.records.proposal import ProposalStatus, ProposerType
from connectors.sandbox.world import CommitteeSeed, MemberSeed, World

_S = ProposalStatus
_ORDER = (*PATHS, _S.CLOSED, _S.ARCHIVED, _S.HANDLING, _S.FEEDBACK_GIVEN, _S.AWAITING_FEEDBACK, _S.CLOSED, _S.ARCHIVED)
_FEW, _MANY, _PROVINCE = len(_ORDER), 3 * len(_ORDER), 20  # a committee's; in a county's world thrice as many
_TITLES = ("关于{region}{theme}的提案", "关于{theme}的建议", "关于进一步{theme}的提案")
_REPORTS = 5000  # so much above the proposal's number is that of the report it is turned into
_TYPES = (*[ProposerType.INDIVIDUAL] * 6, *[ProposerType.JOINT] * 4, *list(ProposerType)[2:])


def proposals_of(world: World, rolls: Rolls, committee: CommitteeSeed) -> list[FiledProposal]:
    """One committee's proposals; a merged one points to one being handled, a converted one to its report."""
    random = world.random(f"duty:proposals:{committee.code}")
    made = list(_made(world, rolls, committee, random))
    main = next((each for each in made if each.status is _S.HANDLING), None)
    for each in made:
        if each.status is _S.MERGED:
            each.merged_into = main
        elif each.status is _S.CONVERTED:
            each.converted = f"O{committee.region_code}{_REPORTS + int(each.id[-4:])}"
    key = [each for each in made if each.is_key]
    for each, talk in zip(key, remote_talks(committee.region_code), strict=False):
        each.talks.append(talk)
    return made


def _made(world: World, rolls: Rolls, committee: CommitteeSeed, random: Random) -> Iterator[FiledProposal]:
    members = rolls.members_of(committee)
    if not members:
        return
    count = _MANY if len(world.committees) <= _PROVINCE else _FEW
    for at in range(count):
        cause = random.choice(CAUSES)
        first, *others = random.sample(members, min(len(members), 1 + random.choice((0, 0, 1, 2, 4, 7, 24))))
        yield _proposal(Case(world, rolls, committee, random, cause, at), first, others, _ORDER[at % len(_ORDER)])


def _proposal(case: Case, first: MemberSeed, others: list[MemberSeed], status: ProposalStatus) -> FiledProposal:
    random, cause, path = case.random, case.cause, PATHS[status]
    moments = case.moments(path)
    kind = random.choice(_TYPES)
    submitted = moments[0] if path else None
    proposal = FiledProposal(
        id=f"P{case.committee.region_code}{case.number + 1:04d}",
        committee=case.committee,
        first_proposer=first,
        title=random.choice(_TITLES).format(region=case.region, theme=cause.theme),
        background=cause.situation.format(place=case.region),
        analysis=cause.analysis,
        suggestion=cause.suggestion,
        category=cause.category,
        session=session_of(submitted or moments[0]),
        proposer_type=kind,
        consent_to_publish=random.random() < 0.8,  # noqa: PLR2004 - most agree
        feedback_requested=random.random() < 0.9,  # noqa: PLR2004 - most want to be asked
        status=status,
        changed_at=moments[-1],
        co_proposers=[] if kind is ProposerType.INDIVIDUAL else others,
        proposer_unit=_unit_of(kind, first, case.region),
        submitted_at=submitted,
        suggested_units=[case.bureaus[cause.bureau]],
        has_file=random.random() < 0.3,  # noqa: PLR2004 - some
    )
    if submitted:
        proposal.serial_no = f"{submitted.year}{case.number + 1:05d}"
    walked(case, proposal, path, moments)
    return proposal


def _unit_of(kind: ProposerType, first: MemberSeed, region: str) -> str | None:
    """Whom it is proposed by where that is no person."""
    names = {
        ProposerType.PARTY: f"民盟{region}总支",
        ProposerType.PEOPLES_ORGANIZATION: f"{region}工商联",
        ProposerType.SPECIAL_COMMITTEE: f"{first.committee.short_name}经济委员会",
        ProposerType.SECTOR: named_member(first)["sectorName"],
        ProposerType.GROUP: f"{region}委员第一小组",
        ProposerType.STREET_GROUP: f"{region}街道委员小组",
    }
    return names.get(kind)


def session_of(at: datetime) -> int:
    """The term's session a proposal belongs to: one a year, the first in 2022."""
    return max(1, at.year - 2021)
