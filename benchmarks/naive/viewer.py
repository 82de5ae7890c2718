"""Who asks: what the benchmark told, and the same person on the platforms."""

from datetime import datetime

import strawberry

from benchmarks.naive.calls import Row
from benchmarks.naive.people import Member, Official, load_official
from benchmarks.naive.words import Info, loaders


@strawberry.type
class Identity:
    """An account on a platform."""

    platform: str
    subject: str
    linked_at: datetime


@strawberry.type
class Viewer:
    """The person who asks."""

    row: strawberry.Private[Row]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The global id."""
        return strawberry.ID(self.row["id"])

    @strawberry.field
    def display_name(self) -> str:
        """The name."""
        return str(self.row["displayName"])

    @strawberry.field
    def roles(self) -> list[str]:
        """What one is."""
        return list(self.row["roles"])

    @strawberry.field
    def identities(self) -> list[Identity]:
        """The person's accounts."""
        return [
            Identity(
                platform=each["platform"], subject=each["subject"], linked_at=datetime.fromisoformat(each["linkedAt"])
            )
            for each in self.row["identities"]
        ]

    @strawberry.field
    async def member(self, info: Info) -> Member | None:
        """Oneself as member."""
        key = loaders(info).person.member
        row = await loaders(info).member.load(key) if key else None
        return None if row is None else Member(key=row["id"], row=row)

    @strawberry.field
    async def official(self, info: Info) -> Official | None:
        """Oneself on the work app."""
        code = loaders(info).person.employee
        return await load_official(info, code, "") if code else None
