"""Rows of one kind in one order, found by key, by grid and by place: sorted and indexed once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from connectors.regions import PROVINCE
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of, page_of
from connectors.sandbox.paging import Order

Row = dict[str, Any]
Chosen = Callable[[Asked], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """One row; ``at`` is what it is sorted by, ascending, before its id."""

    at: float
    row: Row


@dataclass
class Table:
    """Lives as long as the sandbox."""

    order: Order[Kept]
    by_key: dict[str, Row] = field(default_factory=dict)
    by_grid: dict[str, list[Kept]] = field(default_factory=dict)
    _by_region: dict[str, list[Kept]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, rows: Iterable[Kept]) -> "Table":
        """Sort and index them."""
        table = cls(Order(name, _place))
        for kept in sorted(rows, key=_place):
            row = kept.row
            table.by_key[row["id"]] = row
            table.by_grid.setdefault(str(row.get("gridId")), []).append(kept)
            for region in (row.get("regionCode", ""), row.get("regionCode", "")[:4] + "00", PROVINCE):
                table._by_region.setdefault(region, []).append(kept)
        return table

    def keyed(self, asked: Asked) -> Row:
        """``?ids=``."""
        return items_of(self.by_key, asked.keys())

    def of_grids(self, asked: Asked) -> Row:
        """``?ownerIds=``: a page for each grid."""
        return owners_of(self.by_grid, asked.owners(), self.order, asked.page(self.order), _row)

    def sharing(self, member: str) -> Chosen:
        """``?ownerIds=``: a page for each value of a member, which names another row."""
        found: dict[str, list[Kept]] = {}
        for kept in self._by_region.get(PROVINCE, []):
            if kept.row[member] is not None:
                found.setdefault(kept.row[member], []).append(kept)
        return lambda asked: owners_of(found, asked.owners(), self.order, asked.page(self.order), _row)

    def listed(self, asked: Asked, chosen: dict[str, Any]) -> Row:
        """The rows of a place whose members are what was chosen; None: any."""
        wanted = {name: value for name, value in chosen.items() if value is not None}
        found = self._by_region.get(asked.region() or PROVINCE, [])
        if wanted:
            found = [kept for kept in found if all(kept.row[name] == value for name, value in wanted.items())]
        text = asked.text("text")
        if text is not None:
            found = [kept for kept in found if text in kept.row["name"]]
        return page_of(found, self.order, asked.page(self.order), _row)


LISTED = ("regionCode", *PAGE)
OWNED = ("ownerIds", *PAGE)


def _place(kept: Kept) -> tuple[float, str]:
    return kept.at, kept.row["id"]


def _row(kept: Kept) -> Row:
    return kept.row
