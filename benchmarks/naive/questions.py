"""Questions and their answers."""

from datetime import datetime

import strawberry

from benchmarks.naive.calls import Row
from benchmarks.naive.people import Member, member_from
from benchmarks.naive.words import global_id


@strawberry.type
class PublicPerson:
    """A person as others see them."""

    display_name: str


@strawberry.type
class Reply:
    """An answer."""

    id: strawberry.ID
    body: str
    replied_at: datetime
    author: Member


@strawberry.type
class Rating:
    """A rating."""

    score: int
    comment: str | None


@strawberry.type
class Attachment:
    """A file."""

    id: strawberry.ID
    kind: str
    url: str | None


@strawberry.type
class Question:
    """A question."""

    id: strawberry.ID
    title: str
    category: str | None
    asked_at: datetime
    asker: PublicPerson | None
    replies: list[Reply]
    attachments: list[Attachment]
    rating: Rating | None


def question_from(row: Row) -> Question:
    """Read one; whoever asked is shown without the surname."""
    asker, rating = row.get("asker"), row.get("rating")
    return Question(
        id=global_id("Question", row["id"]),
        title=row["title"],
        category=row["category"],
        asked_at=datetime.fromisoformat(row["askedAt"]),
        asker=PublicPerson(display_name="*" + asker["name"][1:]) if asker else None,
        replies=[_reply_from(reply) for reply in row["replies"]],
        attachments=[
            Attachment(id=global_id("Attachment", each["id"]), kind=each["kind"], url=None)
            for each in row["attachments"]
        ],
        rating=Rating(score=rating["score"], comment=rating["comment"]) if rating else None,
    )


def _reply_from(row: Row) -> Reply:
    at = datetime.fromisoformat(row["repliedAt"])
    return Reply(id=global_id("Reply", row["id"]), body=row["body"], replied_at=at, author=member_from(row["author"]))
