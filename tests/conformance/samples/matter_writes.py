"""Writing proposals, reports, micro-suggestions, answers to forms: a fresh and valid write each."""

import msgspec

from connectors.records.micro_suggestion import (
    MicroStatus,
    MicroStepKind,
    MicroStepMove,
    MicroSuggestionDraft,
    MicroSuggestionQuery,
)
from connectors.records.opinion_report import (
    OpinionReportDraft,
    OpinionReportMove,
    OpinionReportQuery,
    OpinionReportStatus,
)
from connectors.records.page import PageArgs
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalQuery, ProposalShare
from connectors.records.proposal_moves import ProposalDraft, ProposalMove
from connectors.records.suggestion_form import FormStatus, SuggestionFormAnswer
from tests.conformance.samples.deeds import Deed, Find, Scene, Shown, colleagues, of_citizen, of_member, of_staff

ALL = PageArgs(first=100, with_total=True)


def _proposal(scene: Scene, what: str) -> ProposalDraft:
    return ProposalDraft(
        key=None,
        title=scene.title(what),
        background="新小区没有公交线路。",
        analysis="线网两年没有调整。",
        suggestion="交付同步开线。",
        category="URBAN",
        consent_to_publish=True,
        feedback_requested=True,
    )


def _proposals_shown(scene: Scene, draft: ProposalDraft) -> Shown:
    member = colleagues(scene.world)[0]

    async def shown(find: Find) -> int:
        (page,) = await find("list_member_proposals")(
            [member.key], ProposalShare.FIRST, ProposalQuery(), ALL, of_member(member)
        )
        return sum(row.title == draft.title for row in page.nodes)

    return shown


async def _submitted(scene: Scene, what: str) -> str:
    author = of_member(colleagues(scene.world)[0])
    made = await scene.find("submit_proposal")(_proposal(scene, what), scene.write_id(f"made-{what}"), author)
    return str(made.key)


async def save_proposal(scene: Scene) -> Deed:
    """A new draft."""
    draft, author = _proposal(scene, "存稿"), of_member(colleagues(scene.world)[0])
    given = (draft, scene.write_id("save_proposal"))
    return Deed(author, given, shown=_proposals_shown(scene, draft))


async def submit_proposal(scene: Scene) -> Deed:
    """A new proposal, submitted at once."""
    draft, author = _proposal(scene, "提交"), of_member(colleagues(scene.world)[0])
    return Deed(author, (draft, scene.write_id("submit_proposal")), shown=_proposals_shown(scene, draft))


async def cosign_proposal(scene: Scene) -> Deed:
    """A colleague signs."""
    key, ask = await _submitted(scene, "cosign"), of_member(colleagues(scene.world)[1])

    async def shown(find: Find) -> int:
        (row,) = await find("load_proposals")([key], ask)
        return int(row.co_proposer_count)

    return Deed(ask, (key, scene.write_id("cosign_proposal")), shown=shown)


async def move_proposal(scene: Scene) -> Deed:
    """The office begins its review."""
    key, ask, to = await _submitted(scene, "move"), of_staff(scene.world), ProposalStatus.UNDER_REVIEW

    async def shown(find: Find) -> int:
        (row,) = await find("load_proposals")([key], ask)
        return sum(step.status is to for step in row.history)

    return Deed(ask, (ProposalMove(key=key, to=to), scene.write_id("move_proposal")), shown=shown)


def _report(scene: Scene, what: str, *, submit: bool = True) -> OpinionReportDraft:
    return OpinionReportDraft(
        key=None,
        title=scene.title(what),
        situation="新小区离站点一公里。",
        analysis="线网没有调整。",
        suggestion="增设两个站点。",
        category="URBAN",
        submit=submit,
    )


async def _raised(scene: Scene, what: str, *, submit: bool = True) -> str:
    author, draft = of_member(colleagues(scene.world)[0]), _report(scene, what, submit=submit)
    made = await scene.find("raise_opinion_report")(draft, scene.write_id(f"made-{what}"), author)
    return str(made.key)


def _steps_shown(scene: Scene, key: str, to: OpinionReportStatus) -> Shown:
    async def shown(find: Find) -> int:
        (row,) = await find("load_opinion_reports")([key], of_member(colleagues(scene.world)[0]))
        return sum(step.status is to for step in row.history)

    return shown


async def raise_opinion_report(scene: Scene) -> Deed:
    """A new report."""
    member, draft = colleagues(scene.world)[0], _report(scene, "上报")

    async def shown(find: Find) -> int:
        (page,) = await find("list_member_opinion_reports")([member.key], OpinionReportQuery(), ALL, of_member(member))
        return sum(row.title == draft.title for row in page.nodes)

    return Deed(of_member(member), (draft, scene.write_id("raise_opinion_report")), shown=shown)


async def revise_opinion_report(scene: Scene) -> Deed:
    """New words for one's draft, which are handed in."""
    key = await _raised(scene, "revise", submit=False)
    draft = msgspec.structs.replace(_report(scene, "改稿"), key=key)
    given = (draft, scene.write_id("revise_opinion_report"))
    shown = _steps_shown(scene, key, OpinionReportStatus.SUBMITTED)
    return Deed(of_member(colleagues(scene.world)[0]), given, shown=shown)


async def withdraw_opinion_report(scene: Scene) -> Deed:
    """One's own report is taken back."""
    key = await _raised(scene, "withdraw")
    given = (key, "数字有误", scene.write_id("withdraw_opinion_report"))
    shown = _steps_shown(scene, key, OpinionReportStatus.WITHDRAWN)
    return Deed(of_member(colleagues(scene.world)[0]), given, shown=shown)


async def move_opinion_report(scene: Scene) -> Deed:
    """The office edits it."""
    key, to = await _raised(scene, "move-report"), OpinionReportStatus.EDITING
    given = (OpinionReportMove(key=key, to=to), scene.write_id("move_opinion_report"))
    return Deed(of_staff(scene.world), given, shown=_steps_shown(scene, key, to))


def _micro(scene: Scene, what: str) -> MicroSuggestionDraft:
    region = scene.world.committees[0].region_code
    return MicroSuggestionDraft(title=scene.title(what), body="三盏路灯坏了一个月。", region_key=region)


async def submit_micro_suggestion(scene: Scene) -> Deed:
    """A new one."""
    member, draft = colleagues(scene.world)[0], _micro(scene, "路灯")

    async def shown(find: Find) -> int:
        (page,) = await find("list_micro_suggestions")([MicroSuggestionQuery(text=draft.title)], ALL, of_member(member))
        return len(page.nodes)

    return Deed(of_member(member), (draft, scene.write_id("submit_micro_suggestion")), shown=shown)


async def advance_micro_step(scene: Scene) -> Deed:
    """Its second step begins."""
    author = of_member(colleagues(scene.world)[0])
    made = await scene.find("submit_micro_suggestion")(_micro(scene, "调研"), scene.write_id("made-micro"), author)
    office = scene.world.committees[0].code
    move = MicroStepMove(key=made.key, kind=MicroStepKind.RESEARCH, to=MicroStatus.IN_PROGRESS, organization_key=office)
    return Deed(of_staff(scene.world), (move, scene.write_id("advance_micro_step")))


async def answer_suggestion_form(scene: Scene) -> Deed:
    """A citizen who has not answered yet fills it in."""
    ask = of_citizen(scene.world.citizens[40 + scene.number])
    code = scene.world.committees[0].code
    (page,) = await scene.find("list_organization_suggestion_forms")([code], ALL, ask)
    form = next(each for each in page.nodes if each.status is FormStatus.OPEN)
    answer = SuggestionFormAnswer(form_key=form.key, aspects=(form.aspects[0].code,), body="站台太远。")

    async def shown(find: Find) -> int:
        (now,) = await find("load_suggestion_forms")([form.key], ask)
        return int(now.answer_count - form.answer_count)

    return Deed(ask, (answer, scene.write_id("answer_suggestion_form")), shown=shown)


WRITES = {
    make.__name__: make
    for make in (
        save_proposal,
        submit_proposal,
        cosign_proposal,
        move_proposal,
        raise_opinion_report,
        revise_opinion_report,
        withdraw_opinion_report,
        move_opinion_report,
        submit_micro_suggestion,
        advance_micro_step,
        answer_suggestion_form,
    )
}
