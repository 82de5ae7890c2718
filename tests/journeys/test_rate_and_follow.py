"""Operation 06: the asker rates the answer, follows and likes the studio; and takes that back."""

from typing import Any

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.askers import mended, people_of, refused
from tests.stack import Sandbox, SignInDesk, operation

PAGE = operation("06")
STUDIO = "query ($id: ID!) { studio(id: $id) { viewerFollows viewerLikes statistics { followers likes } } }"
RATE = """mutation ($input: RateAnswerInput!) { rateAnswer(input: $input) {
    question { id rating { score comment } } userErrors { code message field } } }"""
BUDGET = 8
FIRST = 60
"""The citizens from here on act here: they follow and like nothing that others look at."""


def mark(field: str) -> str:
    """One of the four marks."""
    return f"""mutation ($input: MarkStudioInput!) {{ {field}(input: $input) {{
        studio {{ viewerFollows viewerLikes statistics {{ followers likes }} }} userErrors {{ code message field }} }} }}"""


async def test_the_page_is_answered_as_written_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Rating, marks and counts are right in the very response."""
    people = people_of(desk, 4)
    token, studio = await people.citizen(FIRST), global_id("Studio", people.studio.key)
    question = await people.asked(token)
    await people.replied(await people.member(), question)
    for field in ("unfollowStudio", "unlikeStudio"):
        await desk.gateway.query(mark(field), {"input": {"studioId": studio}}, token)
    before = (await desk.gateway.query(STUDIO, {"id": studio}, token))["data"]["studio"]
    sandbox.reset()

    body = await desk.gateway.query(PAGE, {"questionId": question, "studioId": studio}, token)
    calls = sandbox.calls()
    after = (await desk.gateway.query(STUDIO, {"id": studio}, token))["data"]["studio"]

    assert "errors" not in body
    data = body["data"]
    assert [data[field]["userErrors"] for field in data] == [[], [], []]
    rating = {"score": 5, "comment": "解答很清楚"}
    assert data["rateAnswer"]["question"] == {"id": question, "status": "RATED", "rating": rating}
    followed, liked = data["followStudio"]["studio"], data["likeStudio"]["studio"]
    assert (followed["viewerFollows"], liked["viewerLikes"]) == (True, True)
    assert followed["statistics"]["followers"] == before["statistics"]["followers"] + 1
    assert liked["statistics"]["likes"] == before["statistics"]["likes"] + 1
    assert sum(calls.values()) <= BUDGET, calls
    assert after == {
        "viewerFollows": True,
        "viewerLikes": True,
        "statistics": followed["statistics"] | liked["statistics"],
    }


async def test_marks_are_taken_back(desk: SignInDesk) -> None:
    """Twice is as once, and what is read afterwards is as it was."""
    people = people_of(desk, 4)
    token, studio = await people.citizen(FIRST + 1), {"input": {"studioId": global_id("Studio", people.studio.key)}}

    async def marked(field: str) -> dict[str, Any]:
        return dict((await desk.gateway.query(mark(field), studio, token))["data"][field]["studio"])

    none = await marked("unfollowStudio") and await marked("unlikeStudio")
    both = await marked("followStudio") and await marked("likeStudio")
    twice = await marked("followStudio")
    back = await marked("unlikeStudio") and await marked("unfollowStudio")

    assert (none["viewerFollows"], none["viewerLikes"]) == (False, False)
    assert (both["viewerFollows"], both["viewerLikes"]) == (True, True)
    assert twice == both
    assert back == none


async def test_a_rating_needs_an_answer_and_a_score(desk: SignInDesk) -> None:
    """What is not answered cannot be rated, nor with six; one's own question only."""
    people = people_of(desk, 4)
    token = await people.citizen(FIRST + 2)
    question = await people.asked(token)

    async def rated(who: str, **more: Any) -> dict[str, Any]:
        return await desk.gateway.query(RATE, {"input": {"questionId": question, "score": 5} | more}, who)

    early = await rated(token)
    await people.replied(await people.member(), question)
    six, words = await rated(token, score=6), await rated(token, comment="好" * 501)
    other, scope = await rated(await people.citizen(FIRST + 3)), await rated(await people.member())

    assert mended(early, "rateAnswer") == [("FORBIDDEN_MOVE", None)]
    assert "ANSWERED" in early["data"]["rateAnswer"]["userErrors"][0]["message"]
    assert mended(six, "rateAnswer") == [("SCORE_OUT_OF_RANGE", "score")]
    assert mended(words, "rateAnswer") == [("TEXT_TOO_LONG", "comment")]
    assert refused(other) == ["PLATFORM_FORBIDDEN"]
    assert refused(scope) == ["FORBIDDEN"]


async def test_the_same_key_rates_once(desk: SignInDesk) -> None:
    """Sent again it is answered alike, though a rated question cannot be rated."""
    people = people_of(desk, 4)
    token = await people.citizen(FIRST + 4)
    question = await people.asked(token)
    await people.replied(await people.member(), question)
    given = {"input": {"questionId": question, "score": 3, "idempotencyKey": "rated-once"}}

    first = await desk.gateway.query(RATE, given, token)
    again = await desk.gateway.query(RATE, given, token)

    assert first["data"]["rateAnswer"]["question"]["rating"] == {"score": 3, "comment": None}
    assert again["data"] == first["data"]


async def test_a_studio_nobody_knows_is_told(desk: SignInDesk) -> None:
    """As something one can mend; another type's id is an error of the request."""
    token = await people_of(desk).citizen(FIRST + 5)

    unknown = await desk.gateway.query(mark("likeStudio"), {"input": {"studioId": global_id("Studio", "S0")}}, token)
    wrong = await desk.gateway.query(mark("likeStudio"), {"input": {"studioId": global_id("Member", "S0")}}, token)

    assert mended(unknown, "likeStudio") == [("NOT_FOUND", None)]
    assert refused(wrong) == ["BAD_ID"]


async def test_each_part_of_the_page_fails_alone(sandbox: Sandbox, desk: SignInDesk) -> None:
    """With the citizen app down all three are kept, and say so each in its place."""
    people = people_of(desk, 4)
    token = await people.citizen(FIRST + 6)
    question = await people.asked(token)
    sandbox.break_("zheliban", FaultKind.REFUSE)

    variables = {"questionId": question, "studioId": global_id("Studio", people.studio.key)}
    body = await desk.gateway.query(PAGE, variables, token)

    assert refused(body) == ["WRITE_KEPT"] * 3
    assert [error["path"][0] for error in body["errors"]] == ["rateAnswer", "followStudio", "likeStudio"]
