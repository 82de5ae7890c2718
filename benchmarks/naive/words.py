"""What the types share: global ids, places, pages, the request's loaders."""

import base64
import enum
from typing import Any, Generic, TypeVar

import strawberry

from benchmarks.naive.loaders import Loaders
from connectors.records.studio import StudioCategory as Categories
from connectors.regions import REGIONS

T = TypeVar("T")
Info = strawberry.Info
_TABLE: Any = enum.Enum("StudioCategory", [each.name for each in Categories])  # type: ignore[misc]  # a table of words
StudioCategory: Any = strawberry.enum(_TABLE)


@strawberry.enum
class StudioOrder(enum.Enum):
    """The one the operations use."""

    FOLLOWERS_DESC = "FOLLOWERS_DESC"


@strawberry.enum
class TodoStatus(enum.Enum):
    """Both there are."""

    OPEN = "OPEN"
    DONE = "DONE"


def loaders(info: Info) -> Loaders:
    """The request's."""
    found: Loaders = info.context["loaders"]
    return found


def global_id(kind: str, key: str) -> strawberry.ID:
    """An opaque id: type and key."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode().rstrip("="))


def key_of(identifier: str) -> str:
    """The key a global id holds."""
    return base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4)).decode().partition(":")[2]


@strawberry.type
class Region:
    """A place."""

    code: str
    name: str
    level: str

    @strawberry.field
    def parent(self) -> "Region | None":
        """The place it lies in."""
        return region_at(REGIONS[self.code].parent_key)


def region_at(code: str | None) -> Region | None:
    """The place with that code."""
    found = REGIONS.get(code or "")
    return None if found is None else Region(code=found.key, name=found.name, level=found.level.value)


@strawberry.type
class PageInfo:
    """Where a page stands."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """An item and its cursor."""

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """A page."""

    edges: list[Edge[T]]
    page_info: PageInfo
    total_count: int | None


def page_of(pairs: list[tuple[str, T]], *, more: bool = False, total: int | None = None) -> Connection[T]:
    """A page of items with their cursors."""
    edges = [Edge(cursor=cursor, node=node) for cursor, node in pairs]
    return Connection(
        edges=edges,
        page_info=PageInfo(has_next_page=more, end_cursor=edges[-1].cursor if edges else None),
        total_count=total,
    )
