"""The reads and writes of ``contract/micro.yaml``."""

from collections.abc import Callable, Sequence
from typing import Any

from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.cabinet import Cabinet
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.micro.desk import AdvanceBody, Desk, SuggestionBody
from connectors.duty.sandbox.micro.seeding import KeptSuggestion, suggestion_row, suggestions_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.records.micro_suggestion import MicroStatus, MicroSuggestionOrder
from connectors.regions import lies_in
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, Row, owners_of, page_of
from connectors.sandbox.paging import Order

ORDERS: dict[str, Order[KeptSuggestion]] = {
    "SUBMITTED_AT_DESC": Order("W-SUBMITTED-DESC", lambda s: (-s.submitted_at.timestamp(), s.id)),
    "CHANGED_AT_ASC": Order("W-CHANGED-ASC", lambda s: (s.changed_at.timestamp(), s.id)),
}
_FILTERS = ("organizationCode", "regionCode", "status", "authorId", "text", "changedSince", "orderBy")


def operations(ground: Ground, rolls: Rolls, cabinet: Cabinet) -> Sequence[Operation]:
    """Every operation of the subject."""
    shelf = Shelf(
        ground.world, lambda c: suggestions_of(ground.world, rolls, c), lambda key: f"GO_zx{key[1:7]}", ORDERS
    ).filled()
    reads, desk = _Reads(rolls, shelf), Desk(ground, rolls, shelf)
    cabinet.holds(reads.files)
    return [
        ground.read("micro", "/micro-suggestions", reads.by_id),
        ground.read("micro.list", "/micro-suggestions/list", reads.all, (*PAGE, *_FILTERS)),
        ground.read("members.micro", "/members/micro-suggestions", reads.of_members, ("ownerIds", *PAGE)),
        ground.write("micro.submit", "/micro-suggestions", SuggestionBody, desk.submitted),
        ground.write("micro.advance", "/micro-suggestions/steps", AdvanceBody, desk.advanced),
    ]


class _Reads:
    """What each read answers."""

    def __init__(self, rolls: Rolls, shelf: Shelf[KeptSuggestion]) -> None:
        self._rolls = rolls
        self._shelf = shelf

    def by_id(self, asked: Asked) -> Row:
        found = map(self._shelf.get, asked.keys())
        return {"items": [suggestion_row(each) for each in found if each is not None]}

    def all(self, asked: Asked) -> Row:
        by = asked.choice("orderBy", MicroSuggestionOrder) or MicroSuggestionOrder.SUBMITTED_AT_DESC
        tests, order = _tests(asked), ORDERS[by.value]
        page = asked.page(order)
        rows = self._shelf.sorted(by.value, asked.key("organizationCode") or ALL)
        return page_of([s for s in rows if all(test(s) for test in tests)], order, page, suggestion_row)

    def files(self, key: str, viewer: Viewing) -> list[Row]:
        """What stands beside a suggestion: members' and staff's, while its words are everybody's."""
        suggestion = self._shelf.get(key) if viewer.member is not None or viewer.staff else None
        files: list[Row] = suggestion_row(suggestion)["attachments"] if suggestion is not None else []
        return files

    def of_members(self, asked: Asked) -> Row:
        order = ORDERS["SUBMITTED_AT_DESC"]
        page = asked.page(order)
        return owners_of(self._of_member, asked.owners(), order, page, suggestion_row)

    def _of_member(self, key: str) -> Sequence[KeptSuggestion] | None:
        member = self._rolls.members.get(key)
        if member is None:
            return None
        rows = self._shelf.sorted("SUBMITTED_AT_DESC", member.committee.code)
        return [suggestion for suggestion in rows if suggestion.author is member]


def _tests(asked: Asked) -> list[Callable[[KeptSuggestion], bool]]:
    """What a suggestion must pass, of what was asked for."""
    region, status, author = asked.region(), asked.choice("status", MicroStatus), asked.key("authorId")
    text, since = asked.text("text"), asked.moment("changedSince")
    tests: list[tuple[Any, Callable[[KeptSuggestion], bool]]] = [
        (region, lambda s: lies_in(s.region_code, region or "")),
        (status, lambda s: s.status is status),
        (author, lambda s: s.author.key == author),
        (text, lambda s: (text or "") in s.title),
        (since, lambda s: since is not None and s.changed_at >= since),
    ]
    return [test for value, test in tests if value is not None]
