"""The lab's four platforms as sources: which path, how many keys a call."""

from collections.abc import Sequence

import msgspec

from benchmarks.lab.records import Citizen, Employee, Member, Post, Question, Studio, User
from benchmarks.lab.upstream import Upstream
from connectors.errors import PlatformError
from connectors.viewer import Ask


class LabPosts:
    """``PostSource``."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._posts = upstream.listing("posts", Post, batch=1)
        self._users = upstream.listing("users", User, "id")

    async def list_posts(self, owners: Sequence[str], ask: Ask) -> Sequence[tuple[Post, ...] | PlatformError]:
        """``GET /posts``."""
        return await self._upstream.whole(self._posts, owners, ask, lambda _: ("/posts", None))

    async def load_users(self, keys: Sequence[int], ask: Ask) -> Sequence[User | PlatformError | None]:
        """``GET /users?id=1&id=2``."""

        def request(ids: str) -> tuple[str, None]:
            return "/users?id=" + ids.replace(",", "&id="), None

        return await self._upstream.by_key(self._users, keys, ask, request)


class LabDuty:
    """``StudioSource``."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._studios = upstream.listing("studios", Studio, batch=1)
        self._members_list = upstream.listing("members.list", Member, batch=1)
        self._members = upstream.listing("members", Member, "id")

    async def list_studios(self, sizes: Sequence[int], ask: Ask) -> Sequence[tuple[Studio, ...] | PlatformError]:
        """``GET /studios?page=1&size=20``."""
        return await self._upstream.whole(
            self._studios, sizes, ask, lambda size: ("/studios?page=1&size=" + size, None)
        )

    async def list_members(self, sizes: Sequence[int], ask: Ask) -> Sequence[tuple[Member, ...] | PlatformError]:
        """``GET /members?page=1&size=1000``."""

        def request(size: str) -> tuple[str, None]:
            return "/members?page=1&size=" + size, None

        return await self._upstream.whole(self._members_list, sizes, ask, request)

    async def load_members(self, keys: Sequence[int], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """``GET /members?ids=1,2``."""
        return await self._upstream.by_key(self._members, keys, ask, lambda ids: ("/members?ids=" + ids, None))


class LabCitizenApp:
    """``QuestionSource``."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._questions = upstream.listing("questions", Question, "studio_id")
        self._citizens = upstream.listing("citizens", Citizen, "id")

    async def list_questions(
        self, studios: Sequence[int], first: int, ask: Ask
    ) -> Sequence[tuple[Question, ...] | PlatformError]:
        """``GET /questions?studioIds=1,2&limit=10``."""

        def request(ids: str) -> tuple[str, None]:
            return f"/questions?studioIds={ids}&limit={first}", None

        return await self._upstream.by_owner(self._questions, studios, ask, request, first)

    async def load_citizens(self, keys: Sequence[int], ask: Ask) -> Sequence[Citizen | PlatformError | None]:
        """``GET /users?ids=1,2``."""
        return await self._upstream.by_key(self._citizens, keys, ask, lambda ids: ("/users?ids=" + ids, None))


class LabWorkApp:
    """``EmployeeSource``."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._employees = upstream.listing("employees", Employee, "code")

    async def load_employees(self, keys: Sequence[str], ask: Ask) -> Sequence[Employee | PlatformError | None]:
        """``POST /employees/batch`` with the codes as its body."""

        def request(codes: str) -> tuple[str, bytes]:
            return "/employees/batch", msgspec.json.encode({"codes": codes.split(",")})

        return await self._upstream.by_key(self._employees, keys, ask, request)
