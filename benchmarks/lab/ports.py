"""What the lab's platforms can do. As everywhere: many keys in, one entry per key out, failures in their places."""

from collections.abc import Sequence
from typing import Protocol

from benchmarks.lab.records import Citizen, Employee, Member, Post, Question, Studio, User
from connectors.errors import PlatformError
from connectors.viewer import Ask


class PostSource(Protocol):
    """Posts and who wrote them."""

    async def list_posts(self, owners: Sequence[str], ask: Ask) -> Sequence[tuple[Post, ...] | PlatformError]:
        """Read all posts; there is one owner, of any name."""

    async def load_users(self, keys: Sequence[int], ask: Ask) -> Sequence[User | PlatformError | None]:
        """Read users by id."""


class StudioSource(Protocol):
    """Studios and their members."""

    async def list_studios(self, sizes: Sequence[int], ask: Ask) -> Sequence[tuple[Studio, ...] | PlatformError]:
        """Read the first so many studios: a list per size."""

    async def list_members(self, sizes: Sequence[int], ask: Ask) -> Sequence[tuple[Member, ...] | PlatformError]:
        """Read the first so many members: a list per size."""

    async def load_members(self, keys: Sequence[int], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by id."""


class QuestionSource(Protocol):
    """Questions and who asked them."""

    async def list_questions(
        self, studios: Sequence[int], first: int, ask: Ask
    ) -> Sequence[tuple[Question, ...] | PlatformError]:
        """Read the first so many questions of each studio."""

    async def load_citizens(self, keys: Sequence[int], ask: Ask) -> Sequence[Citizen | PlatformError | None]:
        """Read citizens by id."""


class EmployeeSource(Protocol):
    """Employees."""

    async def load_employees(self, keys: Sequence[str], ask: Ask) -> Sequence[Employee | PlatformError | None]:
        """Read employees by code."""
