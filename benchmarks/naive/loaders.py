"""Strawberry DataLoaders, fresh for every request: one batched call each for what the operations read by key."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from strawberry.dataloader import DataLoader

from benchmarks.naive.calls import Calls, Row

_MOST = 100


@dataclass
class Person:
    """Who asks, as the benchmark says: the stack checks no token and asks no store."""

    viewer: Row
    member: str | None = None
    employee: str | None = None
    account: str | None = None
    work_account: int | None = None


class Loaders:
    """What resolvers find in ``info.context["loaders"]``."""

    def __init__(self, calls: Calls, person: Person) -> None:
        self.calls, self.person = calls, person
        self.studio = _by_key(lambda ids: self._duty("/studios", ids), "id")
        self.member = _by_key(lambda ids: self._duty("/members", ids), "id")
        self.member_by_employee = _by_key(lambda ids: self._duty("/members/by-employees", ids), "employeeCode")
        self.committee = _by_key(lambda ids: self._duty("/organizations", ids), "id")
        self.studio_statistics = _by_key(lambda ids: self._citizen("/studios/statistics", ids), "studioId")
        self.member_statistics = _by_key(lambda ids: self._citizen("/members/statistics", ids), "memberId")
        self.marks = _by_key(lambda ids: self._citizen("/viewer/marks", ids, userId=person.account or ""), "studioId")
        self.unit = _by_key(self._units, "organizationCode")
        self.unit_count = _by_key(self._counts, "organizationCode")
        self.employee = _by_key(self._employees, "employeeCode")
        self.posts: DataLoader[tuple[str, str], list[Row]] = DataLoader(self._posts, max_batch_size=_MOST)
        self.questions: DataLoader[tuple[str, tuple[tuple[str, str], ...]], Row] = DataLoader(self._questions)

    async def _duty(self, path: str, ids: list[str], **more: str) -> list[Row]:
        return (await self.calls.duty(path, {"ids": ",".join(ids), **more}))["items"]  # type: ignore[no-any-return]  # JSON

    async def _citizen(self, path: str, ids: list[str], **more: str) -> list[Row]:
        return (await self.calls.citizen(path, {"ids": ",".join(ids), **more}))["items"]  # type: ignore[no-any-return]  # JSON

    async def _work(self, path: str, **params: Any) -> list[Row]:
        answer = await self.calls.work(path, params | {"tenantId": self.calls.tenant})
        return answer["data"] or []

    async def _units(self, codes: list[str]) -> list[Row]:
        return await self._work("/mozi/organization/listOrganizationsByCodes", organizationCodes=codes)

    async def _counts(self, codes: list[str]) -> list[Row]:
        return await self._work("/mozi/organization/listOrganizationEmployeeCount", organizationCodes=codes)

    async def _employees(self, codes: list[str]) -> list[Row]:
        return await self._work("/mozi/employee/listEmployeesByCodes", employeeCodes=codes)

    async def _posts(self, keys: list[tuple[str, str]]) -> list[list[Row]]:
        """By (employee, directory): a call a directory; without one a call a person."""
        found: dict[tuple[str, str], list[Row]] = {}
        for directory in {directory for _, directory in keys}:
            codes = [code for code, other in keys if other == directory]
            if directory:
                path = "/mozi/employee/listOrgEmployeePositionsByCodes"
                rows = await self._work(path, organizationCode=directory, employeeCodes=codes)
            else:
                path = "/mozi/employee/listEmployeePositionsByEmployeeCode"
                calls = [await self._work(path, employeeCode=code, employeePositionStatus="A") for code in codes]
                rows = [row for call in calls for row in call]
            for row in rows:
                found.setdefault((row["employeeCode"], directory), []).append(row)
        return [found.get(key, []) for key in keys]

    async def _questions(self, keys: list[tuple[str, tuple[tuple[str, str], ...]]]) -> list[Row]:
        """By (studio, parameters): a call for each distinct set of parameters."""
        found: dict[tuple[str, tuple[tuple[str, str], ...]], Row] = {}
        seen_by = {"viewerId": self.person.account, "viewerMemberId": self.person.member}
        audience = {name: value for name, value in seen_by.items() if value}
        for params in {params for _, params in keys}:
            ids = ",".join(studio for studio, other in keys if other == params)
            data = await self.calls.citizen("/studios/questions", {"ownerIds": ids, **dict(params), **audience})
            found |= {(item["ownerId"], params): item for item in data["items"]}
        return [found.get(key, {"rows": [], "total": 0}) for key in keys]


def _by_key(read: Callable[[list[str]], Awaitable[list[Row]]], key: str) -> DataLoader[str, Row | None]:
    async def load(ids: list[str]) -> list[Row | None]:
        rows: Mapping[str, Row] = {row[key]: row for row in await read(ids)}
        return [rows.get(one) for one in ids]

    return DataLoader(load, max_batch_size=_MOST)
