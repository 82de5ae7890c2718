"""Members, officials and organisations."""

import os
from typing import TYPE_CHECKING, Annotated

import strawberry

from benchmarks.naive.calls import Row
from benchmarks.naive.words import (
    Connection,
    Info,
    Region,
    TodoStatus,
    global_id,
    loaders,
    page_of,
    region_at,
)
from benchmarks.naive.workbench import (
    Activity,
    DutyScore,
    Notice,
    Portrait,
    Sector,
    Todo,
    activity_from,
    notice_from,
    portrait_from,
    score_from,
    todo_from,
)

if TYPE_CHECKING:
    from benchmarks.naive.studios import Studio

_FILES = f"{os.environ.get('NAIVE_PUBLIC_URL', '')}/files/"


@strawberry.type
class Organization:
    """A committee or a unit; ``row`` is what is known of it already."""

    key: strawberry.Private[str]
    row: strawberry.Private[Row]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The global id."""
        return global_id("Organization", self.key)

    @strawberry.field
    async def name(self, info: Info) -> str | None:
        """Its name."""
        return self.row.get("name") or ((await loaders(info).unit.load(self.key)) or {}).get("organizationName")

    @strawberry.field
    async def level(self, info: Info) -> str | None:
        """Level of a committee."""
        return self.row.get("level") or ((await loaders(info).committee.load(self.key)) or {}).get("level")

    @strawberry.field
    async def region(self, info: Info) -> Region | None:
        """Where it is."""
        return region_at(((await loaders(info).unit.load(self.key)) or {}).get("divisionCode"))

    @strawberry.field
    async def member_count(self, info: Info) -> int | None:
        """Members of a committee."""
        return ((await loaders(info).committee.load(self.key)) or {}).get("memberCount")

    @strawberry.field
    async def official_count(self, info: Info) -> int | None:
        """People in it and below."""
        return ((await loaders(info).unit_count.load(self.key)) or {}).get("employeeCount")

    @strawberry.field
    async def children(self, info: Info) -> list["Organization"]:
        """What lies directly below."""
        calls = loaders(info).calls
        params = {"organizationCode": self.key, "status": "A", "pageNo": 1, "pageSize": 100, "returnTotalSize": True}
        answer = await calls.work("/mozi/organization/pageSubOrganizationCodes", params | {"tenantId": calls.tenant})
        return [Organization(key=code, row={}) for code in answer["data"]]

    @strawberry.field
    async def officials(self, info: Info, first: int) -> Connection["Official"]:
        """Who is listed directly under it."""
        calls, path = loaders(info).calls, "/mozi/organization/pageOrganizationEmployeePositions"
        paging = {"pageNo": 1, "pageSize": first + 1, "returnTotalSize": True}
        asked = {"organizationCode": self.key, "employeeStatus": "A", "tenantId": calls.tenant}
        answer = await calls.work(path, asked | paging)
        rows = answer["data"]
        people = [("", official_from(row, row["govEmployeePositions"])) for row in rows[:first]]
        return page_of(people, more=len(rows) > first, total=answer["totalSize"])


@strawberry.type
class Official:
    """A person of the work app."""

    code: strawberry.Private[str]
    name: str | None
    title: str | None
    phone: str | None
    organization: Organization | None

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The global id."""
        return global_id("Official", self.code)

    @strawberry.field
    async def member(self, info: Info) -> "Member | None":
        """The same person as member."""
        row = await loaders(info).member_by_employee.load(self.code)
        return None if row is None else member_from(row)

    @strawberry.field
    async def todos(self, info: Info, status: TodoStatus, first: int) -> Connection[Todo]:
        """To-dos."""
        calls, person = loaders(info).calls, loaders(info).person
        asked = {"appKey": calls.appkey, "tenantId": calls.tenant, "userId": person.work_account}
        paging = {"pageNo": 1, "pageSize": first + 1, "returnTotalSize": False}
        answer = await calls.work("/tc/openapi/3rd/task/getTodoList", asked | paging)
        return page_of([("", todo_from(row)) for row in answer["data"][:first] if row["status"] == status.value])

    @strawberry.field
    async def notices(self, info: Info, first: int, unread_only: bool = False) -> Connection[Notice]:  # noqa: FBT001, FBT002 - a GraphQL argument
        """Notices."""
        calls = loaders(info).calls
        asked = {"tenantId": calls.tenant, "unreadOnly": unread_only, "first": first, "employeeCodes": [self.code]}
        [item] = (await calls.work("/tongxin/office/notices/list", asked))["data"]["items"]
        return page_of([(row["cursor"], notice_from(row)) for row in item["rows"]])


@strawberry.type
class Member:
    """A member; ``row`` is the registry's, or the id and name another platform knows."""

    key: strawberry.Private[str]
    row: strawberry.Private[Row]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """The global id."""
        return global_id("Member", self.key)

    @strawberry.field
    async def name(self, info: Info) -> str | None:
        """The name."""
        return self.row.get("name") or (await self._whole(info)).get("name")

    @strawberry.field
    async def sector(self, info: Info) -> Sector | None:
        """The sector."""
        row = self.row if "sectorCode" in self.row else await self._whole(info)
        return Sector(code=row["sectorCode"], name=row["sectorName"])

    @strawberry.field
    async def organization(self, info: Info) -> Organization | None:
        """The committee."""
        return committee_of(await self._whole(info))

    @strawberry.field
    async def portrait_url(self, info: Info) -> str | None:
        """Where the picture is."""
        row = await self._whole(info)
        return _FILES + global_id("MemberPortrait", self.key) if row["hasPortrait"] else None

    @strawberry.field
    async def official(self, info: Info) -> Official | None:
        """The same person on the work app."""
        row = await self._whole(info)
        code = row.get("employeeCode")
        return await load_official(info, code, row.get("directoryCode") or "") if code else None

    @strawberry.field
    async def portrait(self, info: Info) -> Portrait | None:
        """What citizens made of the answers."""
        row = await loaders(info).member_statistics.load(self.key)
        return None if row is None else portrait_from(row)

    @strawberry.field
    async def studios(self, info: Info) -> list[Annotated["Studio", strawberry.lazy("benchmarks.naive.studios")]]:
        """The studios the member belongs to."""
        from benchmarks.naive.studios import Studio  # noqa: PLC0415 - the two types know each other

        data = await loaders(info).calls.duty("/members/studios", {"ownerIds": self.key})
        return [Studio(key=row["id"], row=row) for item in data["items"] for row in item["rows"]]

    @strawberry.field
    async def duty_score(self, info: Info, year: int) -> DutyScore | None:
        """The score."""
        params = {"ids": self.key, "year": str(year), "viewerMemberId": loaders(info).person.member or ""}
        rows = (await loaders(info).calls.duty("/members/scores", params))["items"]
        return score_from(rows[0]) if rows else None

    @strawberry.field
    async def upcoming_activities(self, info: Info, first: int) -> Connection[Activity]:
        """What one is invited to."""
        me = loaders(info).person.member or ""
        params = {"ownerIds": self.key, "first": str(first), "upcoming": "true", "viewerMemberId": me}
        data = await loaders(info).calls.duty("/members/activities", params)
        return page_of([(row["cursor"], activity_from(row)) for item in data["items"] for row in item["rows"]])

    async def _whole(self, info: Info) -> Row:
        return self.row if "hasPortrait" in self.row else (await loaders(info).member.load(self.key)) or {}


def member_from(row: Row) -> Member:
    """A member of the row another object carries."""
    return Member(key=row["id"], row=row)


def committee_of(row: Row) -> Organization:
    """The committee a registry's row names."""
    known = {"name": row.get("organizationName"), "level": row.get("organizationLevel")}
    return Organization(key=row["organizationCode"], row=known)


def official_from(employee: Row, posts: list[Row]) -> Official:
    """A person and the main post."""
    main = next((post for post in posts if post["mainJob"]), posts[0] if posts else {})
    unit = main.get("empPosUnitCode") or main.get("organizationCode")
    return Official(
        code=employee["employeeCode"],
        name=employee["employeeName"],
        title=main.get("govEmpPosJob"),
        phone=main.get("govEmpPosPhoneNo"),
        organization=Organization(key=unit, row={}) if unit else None,
    )


async def load_official(info: Info, code: str, directory: str) -> Official | None:
    """Read a person of the work app."""
    employee = await loaders(info).employee.load(code)
    posts = await loaders(info).posts.load((code, directory))
    return None if employee is None else official_from(employee, posts)
