"""The office leads an opinion report on: as far as it goes, and not where it cannot."""

from typing import Any

from connectors.sandbox.world import CommitteeSeed
from tests.stack import SignInDesk
from tests.writers import BOTH, members, mended, refused, staff_of, work_token

RAISE = "mutation ($input: RaiseOpinionReportInput!) { raiseOpinionReport(input: $input) { opinionReport { id } } }"
MOVE = """mutation ($input: MoveOpinionReportInput!) { moveOpinionReport(input: $input) {
    opinionReport { status adoptions { level date } instructions { by body } history { status } }
    userErrors { code message field } } }"""
FOUND = "query ($id: ID!) { opinionReport(id: $id) { status } }"
WORDS = dict.fromkeys(("title", "situation", "analysis", "suggestion"), "照明不足。") | {"category": "URBAN"}


class Course:
    """One report, its author and its office."""

    def __init__(self, desk: SignInDesk, committee: CommitteeSeed) -> None:
        self.desk, self.committee = desk, committee

    async def begin(self) -> None:
        """Sign both in and hand it in."""
        world = self.desk.sandbox.world
        self.author = await work_token(self.desk, members(world, self.committee)[0].person, BOTH)
        self.office = await work_token(self.desk, staff_of(world, self.committee), BOTH)
        body = await self.desk.gateway.query(RAISE, {"input": WORDS}, self.author)
        self.id = body["data"]["raiseOpinionReport"]["opinionReport"]["id"]

    async def move(self, to: str, token: str | None = None, **parts: Any) -> dict[str, Any]:
        """One step of it."""
        given = {"opinionReportId": self.id, "to": to} | parts
        return await self.desk.gateway.query(MOVE, {"input": given}, token or self.office)


async def course_at(desk: SignInDesk, number: int) -> Course:
    """A report of a committee."""
    course = Course(desk, desk.sandbox.world.committees[number])
    await course.begin()
    return course


async def test_a_report_goes_its_whole_way(desk: SignInDesk) -> None:
    """Adopted by two levels, instructed on, archived; whoever sees it sees where it stands at once."""
    course = await course_at(desk, 6)
    for state in ("EDITING", "SIGNED_OFF", "REPORTED"):
        await course.move(state)

    await course.move("ADOPTED", adoption={"level": "MUNICIPAL", "date": "2026-11-20"})
    await course.move("ADOPTED", adoption={"level": "PROVINCIAL", "date": "2026-11-21"})
    said = {"by": "市领导", "body": "请研究。", "at": "2026-11-22T10:00:00+08:00"}
    instructed = await course.move("INSTRUCTED", instruction=said)
    seen = await desk.gateway.query(FOUND, {"id": course.id}, course.author)
    for state in ("FEEDBACK_GIVEN", "ARCHIVED"):
        last = await course.move(state)

    report = instructed["data"]["moveOpinionReport"]["opinionReport"]
    assert [one["level"] for one in report["adoptions"]] == ["MUNICIPAL", "PROVINCIAL"]
    assert report["instructions"] == [{"by": "市领导", "body": "请研究。"}]
    assert seen["data"]["opinionReport"] == {"status": "INSTRUCTED"}
    assert last["data"]["moveOpinionReport"]["opinionReport"]["history"][-1] == {"status": "ARCHIVED"}


async def test_what_cannot_be_is_refused_each_with_its_own_code(desk: SignInDesk) -> None:
    """A state that is far off, another committee's office, a member."""
    course, elsewhere = await course_at(desk, 7), await course_at(desk, 8)

    far_off = await course.move("ARCHIVED")
    by_strangers = await course.move("EDITING", elsewhere.office)
    by_author = await course.move("EDITING", course.author)

    assert mended(far_off, "moveOpinionReport") == [("FORBIDDEN_MOVE", None)]
    assert "EDITING, WITHDRAWN" in far_off["data"]["moveOpinionReport"]["userErrors"][0]["message"]
    assert refused(by_strangers) == ["PLATFORM_FORBIDDEN"]
    assert refused(by_author) == ["FORBIDDEN_ROLE"]
