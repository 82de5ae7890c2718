"""Connections (Relay Cursor Connections): lists that can grow, read a page at a time."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode, SelectionSetNode
from strawberry.types.arguments import StrawberryArgument

from connectors.records.page import PageArgs
from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from schema.context import Context
from schema.declarations import ListSize, Many, Source, by_key
from schema.fields import argument, declared, described, value

T = TypeVar("T")
MOST_ROWS = 100
_LONGEST_CURSOR = 2048
"""A search's cursor holds those of several platforms, of up to 200 characters each."""
_PAGE = ListSize(MOST_ROWS, page=True)


@described(zh="分页信息", en="Where a page stands in its list (Relay).")
class PageInfo:
    """Forward paging only: platforms' cursors run one way."""

    has_next_page: bool = value("has_next", zh="后面还有", en="Whether more follow.")
    has_previous_page: bool = value(
        "has_previous", zh="前面还有（只向后翻页，恒为否）", en="Always false: pages run forward only."
    )
    start_cursor: str | None = value("start", zh="本页第一条的游标", en="Cursor of the first edge of the page.")
    end_cursor: str | None = value("end", zh="本页最后一条的游标", en="Cursor of the last edge; pass it as `after`.")


@described(zh="列表中的一条及其游标", en="An item of a list and its cursor.")
class Edge(Generic[T]):
    """One row; ``node`` is null with an error where the platform sent something that cannot be read."""

    cursor: str = value("cursor", zh="游标，不透明", en="Opaque; pass it as `after` to go on behind this edge.")
    node: T | None = value("node", zh="对象", en="The item.")


@described(zh="可以翻页的列表", en="A list read a page at a time (Relay connection).")
class Connection(Generic[T]):
    """A page of a list, read from ``connectors.records.page.Page``."""

    edges: list[Edge[T] | None] = value("edges", size=_PAGE, zh="本页各条", en="The page's edges.")
    nodes: list[T | None] = value("nodes", size=_PAGE, zh="本页各对象", en="The page's items without their cursors.")
    page_info: PageInfo = value("page_info", zh="分页信息", en="Where this page stands.")
    total_count: int | None = value(
        "total", zh="总数（只计提问者可见的）", en="How many there are in all, of those the asker may see."
    )


def connection(
    source: Source,
    *,
    zh: str,
    en: str,
    arguments: tuple[StrawberryArgument, ...] = (),
    taken: Callable[[Mapping[str, Any]], tuple[Any, ...]] = lambda _: (),
    owner: Callable[[Any, Mapping[str, Any]], Any] = by_key,
    asker: Callable[[Viewer], str | None] | None = None,
    **more: Any,
) -> Any:
    """A field that is a connection: ``first`` and ``after`` are added to its arguments."""
    paged = (
        argument("first", int, zh=f"最多几条，1 到 {MOST_ROWS}", en=f"At most so many, 1 to {MOST_ROWS}."),
        argument("after", str | None, zh="从该游标之后", en="Behind that cursor."),
    )
    read = Many(source, taken, owner, connection=True, asker=asker)
    size = ListSize(MOST_ROWS, slicing="first")
    return declared(read, zh=zh, en=en, arguments=(*arguments, *paged), size=size, **more)


def page_args(arguments: Mapping[str, Any], info: GraphQLResolveInfo[Context]) -> PageArgs:
    """Which page is asked for; raises as ``page_of``."""
    return page_of(arguments, with_total=_selects("totalCount", info))


def page_of(arguments: Mapping[str, Any], *, with_total: bool) -> PageArgs:
    """Which page is asked for. Raises ``RefusedError`` (PAGE_TOO_LARGE, BAD_INPUT, BAD_CURSOR)."""
    first, after = arguments["first"], arguments.get("after")
    if first > MOST_ROWS:
        raise RefusedError("PAGE_TOO_LARGE", most=MOST_ROWS)
    if first < 1:
        raise RefusedError("BAD_INPUT", field="first")
    if after is not None and len(after) > _LONGEST_CURSOR:
        raise RefusedError("BAD_CURSOR")
    return PageArgs(first=first, after=after, with_total=with_total)


def _selects(name: str, info: GraphQLResolveInfo[Context]) -> bool:
    """Whether the field's selection names a child; directives are not looked at, which at worst counts in vain."""
    seen: set[str] = set()

    def found_in(selection: SelectionSetNode) -> bool:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                if node.name.value == name:
                    return True
            elif isinstance(node, InlineFragmentNode):
                if found_in(node.selection_set):
                    return True
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                if found_in(info.fragments[node.name.value].selection_set):
                    return True
        return False

    return any(node.selection_set is not None and found_in(node.selection_set) for node in info.field_nodes)
