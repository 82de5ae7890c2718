"""Studios, their questions and duty days."""

from datetime import UTC, datetime
from typing import Annotated

import strawberry

from benchmarks.naive.calls import Row
from benchmarks.naive.people import Member, Organization, committee_of, member_from
from benchmarks.naive.questions import Question, question_from
from benchmarks.naive.words import (
    Connection,
    Info,
    Region,
    StudioCategory,
    global_id,
    loaders,
    page_of,
    region_at,
)


@strawberry.input
class StudioFilter:
    """Which studios."""

    category: StudioCategory | None = None
    region_code: str | None = None


@strawberry.input
class QuestionFilter:
    """Which questions."""

    answered: bool | None = None
    waiting: bool | None = None


@strawberry.type
class Statistics:
    """What citizens did with a studio."""

    followers: int
    likes: int
    average_rating: float | None
    answered_questions: int
    median_reply_minutes: int | None


@strawberry.type
class DutyShift:
    """A duty day."""

    id: strawberry.ID
    starts_at: datetime
    ends_at: datetime
    member: Member
    topic: str | None


@strawberry.type
class Studio:
    """A studio; ``row`` is what is known of it already."""

    key: strawberry.Private[str]
    row: strawberry.Private[Row]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The global id."""
        return global_id("Studio", self.key)

    @strawberry.field
    async def name(self, info: Info) -> str | None:
        """Its name."""
        return self.row.get("name") or (await self._whole(info)).get("name")

    @strawberry.field
    async def introduction(self, info: Info) -> str | None:
        """What it offers."""
        return (await self._whole(info)).get("introduction")

    @strawberry.field
    async def phone(self, info: Info) -> str | None:
        """Its phone."""
        return (await self._whole(info)).get("phone")

    @strawberry.field
    async def address(self, info: Info) -> str | None:
        """Where it is."""
        return (await self._whole(info)).get("address")

    @strawberry.field
    async def category(self, info: Info) -> str | None:
        """What it advises on."""
        return self.row.get("category") or (await self._whole(info)).get("category")

    @strawberry.field
    async def region(self, info: Info) -> Region | None:
        """The place it serves."""
        return region_at(self.row.get("regionCode") or (await self._whole(info)).get("regionCode"))

    @strawberry.field
    async def organization(self, info: Info) -> Organization | None:
        """Its committee."""
        return committee_of(await self._whole(info))

    @strawberry.field
    async def convener(self, info: Info) -> Member | None:
        """Who leads it."""
        return member_from((await self._whole(info))["convener"])

    @strawberry.field
    async def members(self, info: Info, first: int) -> Connection[Member]:
        """Its members."""
        data = await loaders(info).calls.duty("/studios/members", {"ownerIds": self.key, "first": str(first)})
        return page_of([(row["cursor"], member_from(row)) for item in data["items"] for row in item["rows"]])

    @strawberry.field
    async def questions(self, info: Info, first: int, filter: QuestionFilter | None = None) -> Connection[Question]:  # noqa: A002 - the argument's name
        """Questions put to it."""
        chosen = {"answered": filter and filter.answered, "waiting": filter and filter.waiting}
        params = {name: "true" if on else "false" for name, on in chosen.items() if on is not None}
        params |= {"first": str(first), "orderBy": "ASKED_AT_DESC", "withTotal": "true"}
        item = await loaders(info).questions.load((self.key, tuple(sorted(params.items()))))
        return page_of([(row["cursor"], question_from(row)) for row in item["rows"]], total=item["total"])

    @strawberry.field
    async def duty_shifts(
        self,
        info: Info,
        begin: Annotated[datetime, strawberry.argument(name="from")],
        end: Annotated[datetime, strawberry.argument(name="to")],
    ) -> list[DutyShift]:
        """Duty days of a span."""
        span = {"from": _in_utc(begin), "to": _in_utc(end)}
        data = await loaders(info).calls.duty("/studios/shifts", {"ownerIds": self.key, **span})
        return [_shift_from(row) for item in data["items"] for row in item["rows"]]

    @strawberry.field
    async def statistics(self, info: Info) -> Statistics | None:
        """What citizens did with it."""
        row = self.row.get("statistics") or await loaders(info).studio_statistics.load(self.key)
        return (
            None
            if row is None
            else Statistics(
                followers=row["followers"],
                likes=row["likes"],
                average_rating=row["averageRating"],
                answered_questions=row["answeredQuestions"],
                median_reply_minutes=row["medianReplyMinutes"],
            )
        )

    @strawberry.field
    async def viewer_follows(self, info: Info) -> bool | None:
        """Whether the asker follows it."""
        return await self._mark(info, "follows")

    @strawberry.field
    async def viewer_likes(self, info: Info) -> bool | None:
        """Whether the asker likes it."""
        return await self._mark(info, "likes")

    async def _mark(self, info: Info, name: str) -> bool | None:
        row = await loaders(info).marks.load(self.key) if loaders(info).person.account else None
        return None if row is None else bool(row[name])

    async def _whole(self, info: Info) -> Row:
        return self.row if "introduction" in self.row else (await loaders(info).studio.load(self.key)) or {}


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _shift_from(row: Row) -> DutyShift:
    return DutyShift(
        id=global_id("DutyShift", row["id"]),
        starts_at=datetime.fromisoformat(row["startsAt"]),
        ends_at=datetime.fromisoformat(row["endsAt"]),
        member=member_from(row["member"]),
        topic=row["topic"],
    )
