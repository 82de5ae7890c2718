"""What is no longer so once something was done to a question, and who is to do something about it."""

from datetime import UTC, datetime
from typing import Any

from connectors.errors import UnexpectedAnswerError
from connectors.records.member import MemberRef
from connectors.records.question import Moderation, Question, QuestionKind, QuestionStatus, Reply, Visibility
from connectors.records.studio import StudioCategory, StudioRef
from connectors.viewer import ANYONE
from schema.mutations.about_questions import changes_of_question, last_author, to_do
from schema.mutations.question_moves import TRANSFER

AT = datetime(2026, 11, 1, tzinfo=UTC)


def question(**more: Any) -> Question:
    """One that M1 was asked and M2 answered."""
    reply = Reply(key="R1", question_key="Q1", body="答", replied_at=AT, author=MemberRef(key="M2", name="白"))
    told: dict[str, Any] = {
        "key": "Q1",
        "title": "不许外传的标题",
        "body": "正文",
        "status": QuestionStatus.ANSWERED,
        "kind": QuestionKind.HELP,
        "category": StudioCategory.LAW,
        "visibility": Visibility.PRIVATE,
        "asked_at": AT,
        "studio": StudioRef(key="S1", name="工作室"),
        "addressee": MemberRef(key="M1", name="林"),
        "asker_id": "u1",
        "asker": None,
        "replies": (reply,),
        "rating": None,
        "moderation": Moderation.NOT_ASKED,
        "region_key": "331002",
        "attachments": (),
        "changed_at": AT,
        "extended_until": None,
        "reason_code": None,
    }
    return Question(**told | more)


def test_lists_and_counts_of_all_it_concerns_go() -> None:
    """The question, its studio, who was asked, who answered, who acts."""
    tags = set(changes_of_question(question(), "M3"))

    assert tags == {"question:Q1", "questions", "studios", "studio:S1", "member:M1", "member:M2", "member:M3"}


def test_what_could_not_be_read_names_nobody() -> None:
    """The rest goes all the same."""
    broken: Any = UnexpectedAnswerError("zheliban", "questions")

    tags = set(changes_of_question(question(studio=broken, addressee=broken, replies=broken)))

    assert tags == {"question:Q1", "questions", "studios"}
    assert last_author(question(replies=broken)) is None


def test_a_to_do_tells_nothing_of_the_question() -> None:
    """It is for a member, or for whoever leads the studio."""
    member, convener = to_do(question(), "待办", "M1"), to_do(question(), "待办", None)

    assert (member["member"], convener["convener_of"]) == ("M1", "S1")
    assert "不许外传的标题" not in str(member)
    assert member["about"] == convener["about"] == "Question:Q1"


def test_each_of_several_members_has_a_to_do() -> None:
    """After those before are done."""
    request = TRANSFER.request(key="Q1", to=QuestionStatus.ASSIGNED, member_keys=("M1", "M2"))

    done, made = (follow.bodies(request, question(), ANYONE) for follow in TRANSFER.follows)

    assert done == ({"about": "Question:Q1"},)
    assert [body["member"] for body in made] == ["M1", "M2"]
