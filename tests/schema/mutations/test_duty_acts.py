"""What the duty platform's acts make of inputs: records that can be kept, and what each is about."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from connectors.deadline import Deadline
from connectors.errors import TooSlowError
from connectors.ports import AccountSource, QuestionSource
from connectors.records.account import Account
from connectors.records.micro_suggestion import MicroStatus, MicroStepKind
from connectors.records.opinion_report import AdoptionLevel, OpinionReportStatus
from connectors.records.proposal import HandlingRole, ProposalStatus, Satisfaction
from connectors.viewer import Ask, Viewer
from schema.acts import Act, InputError
from schema.identifiers import global_id
from schema.mutation import ACTS
from schema.mutations.naming import asker_in

MEMBER = Viewer(person_id="p-1", member_key="M33100000001")
CITIZEN = Viewer(person_id="p-2")
WORDS = dict.fromkeys(("title", "background", "situation", "analysis", "suggestion", "body"), "照明不足。")
PROPOSAL, REPORT = global_id("Proposal", "P331000N0001"), global_id("OpinionReport", "R331000N0001")
UNIT, ACTIVITY = global_id("Organization", "GO_bu1"), global_id("Activity", "A331000-20260101N")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOVED = {"proposalId": PROPOSAL, "to": ProposalStatus.ASSIGNED}
MOVED |= {"handlers": [{"role": HandlingRole.LEAD, "organizationId": UNIT, "dueAt": AT}]}
GIVEN: dict[str, dict[str, Any]] = {
    "raiseOpinionReport": WORDS | {"category": "URBAN", "sourceQuestionIds": [global_id("Question", "Q1")]},
    "reviseOpinionReport": WORDS | {"category": "URBAN", "opinionReportId": REPORT, "submit": False},
    "withdrawOpinionReport": {"opinionReportId": REPORT, "note": " "},
    "moveOpinionReport": {
        "opinionReportId": REPORT,
        "to": OpinionReportStatus.ADOPTED,
        "adoption": {"level": AdoptionLevel.MUNICIPAL, "date": AT.date()},
    },
    "submitProposal": WORDS | {"category": "LAW", "consentToPublish": True},
    "reviseProposal": WORDS | {"category": "LAW", "consentToPublish": False, "proposalId": PROPOSAL},
    "saveProposalDraft": WORDS | {"category": "LAW", "consentToPublish": True, "suggestedUnitIds": [UNIT, UNIT]},
    "cosignProposal": {"proposalId": PROPOSAL},
    "withdrawProposal": {"proposalId": PROPOSAL, "note": "另行提出"},
    "moveProposal": MOVED,
    "acceptProposalAssignment": {"proposalId": PROPOSAL},
    "sendProposalBack": {"proposalId": PROPOSAL},
    "replyToProposal": {"proposalId": PROPOSAL, "organizationId": UNIT, "body": "已办。", "grade": "A"},
    "giveProposalFeedback": {
        "proposalId": PROPOSAL,
        "attitude": Satisfaction.SATISFIED,
        "result": Satisfaction.UNSATISFIED,
    },
    "rehandleProposal": {"proposalId": PROPOSAL},
    "submitMicroSuggestion": WORDS | {"regionCode": "331002"},
    "advanceMicroStep": {
        "microSuggestionId": global_id("MicroSuggestion", "W1"),
        "kind": MicroStepKind.RESEARCH,
        "to": MicroStatus.DONE,
        "summary": "已完成。",
    },
    "postStatement": {"deliberationId": global_id("Deliberation", "D1"), "body": "好。"},
    "likeStatement": {"statementId": global_id("Statement", "D1-1"), "liked": None},
    "answerSuggestionForm": {
        "suggestionFormId": global_id("SuggestionForm", "F1"),
        "aspects": ["A", "A"],
        "body": "好。",
    },
    "checkIn": {"code": " A331000-20260101N.1.ABCDEFGH "},
    "checkInMember": {"activityId": ACTIVITY, "memberId": global_id("Member", "M2")},
    "askLeave": {"activityId": ACTIVITY, "reason": "出差"},
    "scheduleShift": {
        "studioId": global_id("Studio", "S1"),
        "startsAt": AT,
        "endsAt": AT.replace(hour=11),
    },
    "joinReadingGroup": {"readingGroupId": global_id("ReadingGroup", "RG1")},
    "postInReadingGroup": {"readingGroupId": global_id("ReadingGroup", "RG1"), "body": "好。"},
}


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_asked_for_can_be_kept_and_found_again(name: str) -> None:
    """As JSON it is the same record again, and it is about the same thing, named shortly."""
    act: Act = ACTS[name]

    request = act.made(GIVEN[name], MEMBER)
    again = msgspec.json.decode(msgspec.json.encode(request), type=act.request)

    assert again == request
    assert isinstance(request, act.request)
    subject = act.subject(request, MEMBER)
    assert subject == act.subject(again, MEMBER)
    assert ":" in subject
    assert len(subject) <= 160


def test_what_is_left_out_is_as_usual() -> None:
    """Reports are handed in, feedback is wanted, likings are likings; things named twice stand once."""
    made = {name: ACTS[name].made(GIVEN[name], MEMBER) for name in GIVEN}

    assert (made["raiseOpinionReport"].submit, made["reviseOpinionReport"].submit) == (True, False)
    assert made["submitProposal"].feedback_requested
    assert made["saveProposalDraft"].suggested_unit_keys == ("GO_bu1",)
    assert made["likeStatement"].liked
    assert made["answerSuggestionForm"].aspects == ("A",)
    assert made["withdrawOpinionReport"].note is None
    assert made["scheduleShift"].member_key == MEMBER.member_key
    assert made["checkIn"].code == "A331000-20260101N.1.ABCDEFGH"


def test_new_things_wait_for_nothing_and_name_nobody() -> None:
    """Two statements of one person are two things, as are two people's same words; no citizen stands in them."""
    act, given = ACTS["postStatement"], GIVEN["postStatement"]

    one = act.subject(act.made(given, CITIZEN), CITIZEN)
    other = act.subject(act.made(given | {"body": "再说一句。"}, CITIZEN), CITIZEN)

    assert one != other
    assert one not in {act.subject(act.made(given, who), who) for who in (MEMBER, Viewer(person_id="p-3"))}
    assert str(CITIZEN.person_id) not in one
    assert str(CITIZEN.person_id) not in asker_in(CITIZEN)
    assert asker_in(MEMBER) == MEMBER.member_key


@pytest.mark.parametrize(
    ("name", "more", "code", "field"),
    [
        ("moveProposal", {"handlers": None}, "PART_MISSING", "handlers"),
        ("moveProposal", {"to": ProposalStatus.FILED}, "PART_NOT_TAKEN", "handlers"),
        ("moveProposal", {"mergedIntoId": PROPOSAL}, "PART_NOT_TAKEN", "mergedIntoId"),
        ("moveProposal", {"to": ProposalStatus.HANDLING}, "OTHER_MUTATION", "to"),
        ("moveProposal", {"handlers": [MOVED["handlers"][0]] * 21}, "TOO_MANY_ENTRIES", "handlers"),  # type: ignore[index]  # a list
        ("moveOpinionReport", {"adoption": None}, "PART_MISSING", "adoption"),
        ("moveOpinionReport", {"to": OpinionReportStatus.EDITING}, "PART_NOT_TAKEN", "adoption"),
        ("moveOpinionReport", {"to": OpinionReportStatus.WITHDRAWN}, "OTHER_MUTATION", "to"),
        ("advanceMicroStep", {"summary": None}, "PART_MISSING", "summary"),
        ("advanceMicroStep", {"organizationId": UNIT}, "PART_NOT_TAKEN", "organizationId"),
        ("scheduleShift", {"endsAt": AT}, "BAD_SPAN", "endsAt"),
        ("postStatement", {"anonymous": True}, "MEMBERS_SPEAK_BY_NAME", "anonymous"),
        ("answerSuggestionForm", {"aspects": []}, "PART_MISSING", "aspects"),
        ("submitProposal", {"title": "长" * 201}, "TEXT_TOO_LONG", "title"),
        ("submitProposal", {"coProposerIds": [global_id("Member", "M")] * 101}, "TOO_MANY_ENTRIES", "coProposerIds"),
    ],
)
def test_what_a_person_can_mend_names_its_field(name: str, more: dict[str, Any], code: str, field: str) -> None:
    """Before anything is asked of a platform."""
    with pytest.raises(InputError) as refused:
        ACTS[name].made(GIVEN[name] | more, MEMBER)

    assert (refused.value.code, refused.value.field) == (code, field)


def ask_of(viewer: Viewer) -> Ask:
    """Somebody asks."""
    return Ask(viewer, Deadline.after(5))


async def test_a_citizen_is_named_by_the_masked_name_sign_on_knows() -> None:
    """A member is not looked up, nor is who wants no name."""
    asked: list[str] = []

    async def accounts(keys: list[str], _: Ask) -> list[Account]:
        asked.extend(keys)
        return [
            Account(key=key, display_name="林小花", roles=(), identities=(), member=None, official=None) for key in keys
        ]

    def find(source: Any) -> Any:
        assert source is AccountSource.load_accounts
        return accounts

    act, given = ACTS["postStatement"], GIVEN["postStatement"]
    for viewer, more, name in ((CITIZEN, {}, "*小花"), (CITIZEN, {"anonymous": True}, None), (MEMBER, {}, None)):
        posting = await act.filled(act.made(given | more, viewer), find, ask_of(viewer))
        assert posting.display_name == name
        assert act.subject(posting, viewer) == act.subject(act.made(given | more, viewer), viewer)

    assert asked == [CITIZEN.person_id]


async def test_questions_that_cannot_be_read_stop_a_report() -> None:
    """One that is not seen can be mended; an ill platform cannot, and nothing is kept."""
    answers: list[Any] = [None, TooSlowError("zheliban", "questions")]

    async def questions(_keys: list[str], _ask: Ask) -> list[Any]:
        return [answers.pop(0)]

    def find(source: Any) -> Any:
        assert source is QuestionSource.load_questions
        return questions

    act = ACTS["raiseOpinionReport"]
    draft = act.made(GIVEN["raiseOpinionReport"], MEMBER)

    with pytest.raises(InputError) as refused:
        await act.filled(draft, find, ask_of(MEMBER))
    with pytest.raises(TooSlowError):
        await act.filled(draft, find, ask_of(MEMBER))

    assert (refused.value.code, refused.value.field) == ("NOT_FOUND", "sourceQuestionIds")
