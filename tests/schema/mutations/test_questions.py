"""What people ask for about questions, as it is kept; no platform is there."""

from typing import Any

import pytest

from connectors.records.question import QuestionKind, Visibility
from connectors.records.studio import StudioCategory
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Viewer
from schema.acts import InputError
from schema.identifiers import global_id
from schema.mutation import ACTS
from schema.mutations.questions import ASK_QUESTION, RATE_ANSWER
from schema.mutations.replies import RECORD_OFFLINE_ANSWER

QUESTION = global_id("Question", "Q1")


def asked(**more: Any) -> dict[str, Any]:
    """An input of ``askQuestion``."""
    needed = {"studioId": global_id("Studio", "S1"), "category": StudioCategory.LAW, "kind": QuestionKind.HELP}
    return needed | {"title": " 物业 ", "body": "不交\u0000账目"} | more


def test_a_question_is_private_and_named_unless_told() -> None:
    """And its words lose what nobody sees."""
    made = ASK_QUESTION.made(asked(), ANYONE)

    assert (made.studio_key, made.title, made.body) == ("S1", "物业", "不交账目")
    assert (made.visibility, made.anonymous, made.addressee_key) == (Visibility.PRIVATE, False, None)
    assert made.attachment_keys == ()


def test_null_stands_for_what_is_left_out() -> None:
    """As clients send it."""
    nothing = dict.fromkeys(("visibility", "isAnonymous", "addresseeId", "attachmentIds"))

    assert ASK_QUESTION.made(asked(**nothing), ANYONE) == ASK_QUESTION.made(asked(), ANYONE)


def test_files_are_taken_once_each() -> None:
    """However often they are named."""
    one, two = global_id("Attachment", "U1"), global_id("Attachment", "U2")

    made = ASK_QUESTION.made(asked(attachmentIds=[one, two, one]), ANYONE)

    assert made.attachment_keys == ("U1", "U2")


def test_a_key_longer_than_any_is_refused() -> None:
    """What acts are about is stored, and has its size."""
    long = global_id("Question", "Q" * 65)

    with pytest.raises(RefusedError, match="BAD_ID"):
        ACTS["replyToQuestion"].made({"questionId": long, "body": "好。"}, Viewer(member_key="M1"))


def test_another_types_id_is_refused() -> None:
    """A member is no studio."""
    with pytest.raises(RefusedError) as caught:
        ASK_QUESTION.made(asked(studioId=global_id("Member", "M1")), ANYONE)

    assert caught.value.code == "BAD_ID"


def test_only_the_same_question_of_the_same_person_comes_after_another() -> None:
    """Different people ask a studio at once, and one person several things."""
    lin, bai = Viewer(person_id="lin"), Viewer(person_id="bai")
    one, other = ASK_QUESTION.made(asked(), lin), ASK_QUESTION.made(asked(title="电梯"), lin)

    subjects = {ASK_QUESTION.subject(made, who) for made in (one, other) for who in (lin, bai)}

    assert len(subjects) == 4
    assert not any("lin" in subject or "S1" in subject for subject in subjects)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_lies_between_one_and_five(score: int) -> None:
    """Others are told, with the field."""
    with pytest.raises(InputError) as caught:
        RATE_ANSWER.made({"questionId": QUESTION, "score": score}, ANYONE)

    assert (caught.value.code, caught.value.field) == ("SCORE_OUT_OF_RANGE", "score")


def test_a_blank_comment_is_none() -> None:
    """As if it were left out."""
    made = RATE_ANSWER.made({"questionId": QUESTION, "score": 5, "comment": " \n"}, ANYONE)

    assert made.comment is None


def test_a_member_records_their_own_answer_unless_told() -> None:
    """Staff have to say whose it is."""
    given = {"questionId": QUESTION, "body": "当面解答", "givenAt": "now"}

    assert RECORD_OFFLINE_ANSWER.made(given, Viewer(member_key="M1")).member_key == "M1"
    named = given | {"memberId": global_id("Member", "M2")}
    assert RECORD_OFFLINE_ANSWER.made(named, Viewer(member_key="M1")).member_key == "M2"
    with pytest.raises(InputError) as caught:
        RECORD_OFFLINE_ANSWER.made(given, ANYONE)
    assert (caught.value.code, caught.value.field) == ("PART_MISSING", "memberId")


def test_every_act_is_found_by_its_name() -> None:
    """What is kept is done later by it."""
    assert ACTS["askQuestion"] is ASK_QUESTION
    assert {"transferQuestion", "moderateStatement", "convertQuestionToWorkOrder"} <= ACTS.keys()
