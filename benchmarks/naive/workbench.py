"""What a member's and an official's day is made of: types without resolvers."""

from datetime import datetime

import strawberry

from benchmarks.naive.calls import Row
from benchmarks.naive.words import global_id
from connectors.zhezhengding.signing import CHINA


@strawberry.type
class Todo:
    """What waits."""

    id: strawberry.ID
    title: str
    due_at: datetime | None
    url: str | None


@strawberry.type
class Notice:
    """A notice."""

    id: strawberry.ID
    title: str
    published_at: datetime


@strawberry.type
class Sector:
    """What a member represents."""

    code: str
    name: str


@strawberry.type
class Portrait:
    """What citizens made of a member."""

    answered_questions: int
    average_rating: float | None


@strawberry.type
class ScoreItem:
    """A row of a score."""

    kind: str
    count: int
    points: float


@strawberry.type
class DutyScore:
    """A member's score of a year."""

    total: float
    grade: str
    rank: int
    items: list[ScoreItem]


@strawberry.type
class Activity:
    """An activity."""

    id: strawberry.ID
    title: str
    starts_at: datetime
    venue: str


def todo_from(row: Row) -> Todo:
    """Read one."""
    due = row.get("dueTime")
    ends = datetime.strptime(due, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA) if due else None
    return Todo(id=global_id("Todo", row["taskUuid"]), title=row["subject"], due_at=ends, url=row["url"])


def notice_from(row: Row) -> Notice:
    """Read one."""
    at = datetime.fromisoformat(row["publishedAt"])
    return Notice(id=global_id("Notice", row["id"]), title=row["title"], published_at=at)


def activity_from(row: Row) -> Activity:
    """Read one."""
    return Activity(
        id=global_id("Activity", row["id"]),
        title=row["title"],
        starts_at=datetime.fromisoformat(row["startsAt"]),
        venue=row["venue"],
    )


def score_from(row: Row) -> DutyScore:
    """Read one."""
    items = [ScoreItem(kind=each["kind"], count=each["count"], points=each["points"]) for each in row["items"]]
    return DutyScore(total=row["total"], grade=row["grade"]["code"], rank=row["rank"], items=items)


def portrait_from(row: Row) -> Portrait:
    """Read one."""
    return Portrait(answered_questions=row["answeredQuestions"], average_rating=row["averageRating"])
