"""What is public was moderated: questions and the replies to them, and citizens' statements."""

from typing import Any

from schema.identifiers import global_id
from tests.askers import People, mended, people_of, refused
from tests.stack import SignInDesk

SEEN = "query ($id: ID!) { question(id: $id) { visibility moderation replies { body } rating { comment } } }"
OF_STUDIO = """query ($id: ID!) { studio(id: $id) { questions(first: 50) { nodes { id } } } }"""
QUEUE = """{ questions(filter: {moderation: WAITING}, first: 100) { nodes { id } }
    waitingStatements(first: 100) { totalCount nodes { id body deliberation { id } } } }"""
STATEMENT = """mutation ($input: ModerateStatementInput!) { moderateStatement(input: $input) {
    statement { id body } effects { kind platform status } userErrors { code message field } } }"""
STATEMENTS = "query ($id: ID!) { deliberation(id: $id) { statements(first: 100) { nodes { id } } } }"


async def judged(people: People, token: str | None, question: str, *, publish: bool, **more: Any) -> dict[str, Any]:
    """Publish, or refuse to."""
    given = {"questionId": question, "publish": publish} | more
    return await people.done("moderateQuestion", token, "ModerateQuestionInput", **given)


async def seen(desk: SignInDesk, question: str, token: str | None = None) -> Any:
    """The question as somebody sees it; None where they do not."""
    return (await desk.gateway.query(SEEN, {"id": question}, token))["data"]["question"]


async def test_a_question_is_public_only_once_it_was_published(desk: SignInDesk) -> None:
    """Nobody else sees it before, nor the reply to it; then everybody does, in lists too."""
    people = people_of(desk, 6)
    asker, stranger, moderator = await people.citizen(), await people.citizen(46), await people.moderator()
    studio = {"id": global_id("Studio", people.studio.key)}
    question = await people.asked(asker, visibility="PUBLIC")
    await people.replied(await people.member(), question, "答复须先审核。")
    before = [await seen(desk, question, token) for token in (None, stranger)]
    listed = (await desk.gateway.query(OF_STUDIO, studio))["data"]["studio"]["questions"]["nodes"]

    body = await judged(people, moderator, question, publish=True)
    after = [await seen(desk, question, token) for token in (None, stranger)]
    now = (await desk.gateway.query(OF_STUDIO, studio))["data"]["studio"]["questions"]["nodes"]

    assert before == [None, None]
    assert body["data"]["moderateQuestion"]["question"]["moderation"] == "PUBLISHED"
    replies = [{"body": "答复须先审核。"}]
    public = {"visibility": "PUBLIC", "moderation": "PUBLISHED", "replies": replies, "rating": None}
    assert after == [public, public]
    assert {"id": question} not in listed
    assert {"id": question} in now


async def test_what_is_added_to_a_published_question_is_moderated_again(desk: SignInDesk) -> None:
    """A reply, and then a comment, bring it back to the moderator; those it concerns see it all the while."""
    people = people_of(desk, 6)
    asker, moderator = await people.citizen(), await people.moderator()
    question = await people.asked(asker, visibility="PUBLIC")
    await judged(people, moderator, question, publish=True)
    alone = await seen(desk, question)

    await people.replied(await people.member(), question, "新的答复。")
    replied, own = await seen(desk, question), await seen(desk, question, asker)
    await judged(people, moderator, question, publish=True)
    both = await seen(desk, question)
    text = "mutation ($input: RateAnswerInput!) { rateAnswer(input: $input) { userErrors { code } } }"
    await desk.gateway.query(text, {"input": {"questionId": question, "score": 4, "comment": "好"}}, asker)

    assert alone["replies"] == []
    assert replied is None
    assert own["moderation"] == "WAITING"
    assert both["replies"] == [{"body": "新的答复。"}]
    assert await seen(desk, question) is None


async def test_a_private_question_is_published_by_nobody(desk: SignInDesk) -> None:
    """Its asker did not agree; a moderator does not even see it."""
    people = people_of(desk, 6)
    question = await people.asked(await people.citizen())

    moderator = await people.moderator()
    body = await judged(people, moderator, question, publish=True)

    assert await seen(desk, question, moderator) is None
    assert mended(body, "moderateQuestion") == [("FORBIDDEN_MOVE", None)]
    assert await seen(desk, question) is None


async def test_what_was_refused_stays_with_those_it_concerns(desk: SignInDesk) -> None:
    """And may be published later, by a moderator who thinks better of it."""
    people = people_of(desk, 6)
    asker, moderator = await people.citizen(), await people.moderator()
    question = await people.asked(asker, visibility="PUBLIC")

    no = await judged(people, moderator, question, publish=False, note="涉及他人隐私")
    hidden, own = await seen(desk, question), await seen(desk, question, asker)
    yes = await judged(people, moderator, question, publish=True)

    assert no["data"]["moderateQuestion"]["question"]["moderation"] == "REFUSED"
    assert hidden is None
    assert own["moderation"] == "REFUSED"
    assert yes["data"]["moderateQuestion"]["question"]["moderation"] == "PUBLISHED"


async def test_who_may_not_moderate_is_told_why(desk: SignInDesk) -> None:
    """Without the scope; as staff or a member; and the queue is theirs alone."""
    people = people_of(desk, 6)
    question = await people.asked(await people.citizen(), visibility="PUBLIC")
    tokens = [await people.moderator("openid graph:read"), await people.staff(), await people.member(), None]

    told = [refused(await judged(people, token, question, publish=True)) for token in tokens]
    queue = [refused(await desk.gateway.query(QUEUE, token=token)) for token in tokens]

    assert told == [["FORBIDDEN"], ["FORBIDDEN_ROLE"], ["FORBIDDEN_ROLE"], ["FORBIDDEN"]]
    assert queue[1:] == [["FORBIDDEN_ROLE"], ["FORBIDDEN_ROLE"], ["FORBIDDEN"]]


async def test_the_queue_has_what_waits_and_no_more(desk: SignInDesk) -> None:
    """A question comes into it when it is asked and leaves it when it is judged; so does a statement."""
    people = people_of(desk, 6)
    moderator = await people.moderator()
    question = await people.asked(await people.citizen(), visibility="PUBLIC")
    before = (await desk.gateway.query(QUEUE, token=moderator))["data"]
    statement = before["waitingStatements"]["nodes"][0]
    talk = {"id": statement["deliberation"]["id"]}
    public = (await desk.gateway.query(STATEMENTS, talk))["data"]["deliberation"]["statements"]["nodes"]

    await judged(people, moderator, question, publish=False)
    given = {"input": {"statementId": statement["id"], "publish": True}}
    body = await desk.gateway.query(STATEMENT, given, moderator)
    after = (await desk.gateway.query(QUEUE, token=moderator))["data"]
    now = (await desk.gateway.query(STATEMENTS, talk))["data"]["deliberation"]["statements"]["nodes"]

    assert {"id": question} in before["questions"]["nodes"]
    assert {"id": question} not in after["questions"]["nodes"]
    assert body["data"]["moderateStatement"]["userErrors"] == []
    assert body["data"]["moderateStatement"]["statement"] == {"id": statement["id"], "body": statement["body"]}
    assert after["waitingStatements"]["totalCount"] == before["waitingStatements"]["totalCount"] - 1
    assert statement["id"] not in {row["id"] for row in public}
    assert statement["id"] in {row["id"] for row in now}


async def test_a_statement_is_taken_down_and_not_put_up_again(desk: SignInDesk) -> None:
    """What was refused is at its end."""
    moderator = await people_of(desk, 6).moderator()
    queue = (await desk.gateway.query(QUEUE, token=moderator))["data"]["waitingStatements"]["nodes"]
    statement = queue[-1]["id"]

    async def moderated(*, publish: bool) -> dict[str, Any]:
        return await desk.gateway.query(STATEMENT, {"input": {"statementId": statement, "publish": publish}}, moderator)

    up, down, again = await moderated(publish=True), await moderated(publish=False), await moderated(publish=True)

    assert up["data"]["moderateStatement"]["userErrors"] == []
    assert down["data"]["moderateStatement"]["userErrors"] == []
    assert mended(again, "moderateStatement") == [("FORBIDDEN_MOVE", None)]
