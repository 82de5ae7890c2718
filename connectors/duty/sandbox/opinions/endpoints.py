"""The reads of ``contract/opinions.yaml``, and where its writes go."""

from collections.abc import Sequence

from connectors.duty.opinions.payloads import Grounds
from connectors.duty.sandbox.audience import VIEWER, Viewing, viewing
from connectors.duty.sandbox.cabinet import Cabinet
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.opinions.bodies import ReportBody, ReportMoveBody, RevisionBody
from connectors.duty.sandbox.opinions.desk import Desk
from connectors.duty.sandbox.opinions.kept import KeptReport, report_row
from connectors.duty.sandbox.opinions.ledger import Ledger
from connectors.duty.sandbox.opinions.wanted import FILTERS, ORDERS, wanted
from connectors.duty.sandbox.rolls import Rolls
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, Row, owners_of, page_of

_LIST = (*PAGE, *FILTERS, *VIEWER)


def operations(ground: Ground, rolls: Rolls, cabinet: Cabinet) -> Sequence[Operation]:
    """Every operation of the subject."""
    ledger = Ledger(ground.world, rolls)
    reads, desk = _Reads(ledger), Desk(ground, ledger)
    cabinet.holds(reads.files)
    return [
        ground.read("opinions", "/opinions", reads.by_id, ("ids", *VIEWER)),
        ground.read("opinions.list", "/opinions/list", reads.all, _LIST),
        ground.read("questions.opinions", "/questions/opinions", reads.of_questions, ("ownerIds", *PAGE, *VIEWER)),
        ground.read("members.opinions", "/members/opinions", reads.of_members, ("ownerIds", *_LIST)),
        ground.write("opinions.raise", "/opinions", ReportBody, desk.raised),
        ground.write("opinions.revise", "/opinions/revisions", RevisionBody, desk.revised),
        ground.write("opinions.move", "/opinions/moves", ReportMoveBody, desk.moved),
    ]


class _Reads:
    """What each read answers."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def by_id(self, asked: Asked) -> Row:
        keys, viewer = asked.keys(), viewing(asked)
        found = (self._ledger.get(key, viewer) for key in keys)
        return {"items": [self._row(each, viewer) for each in found if each is not None]}

    def all(self, asked: Asked) -> Row:
        want, viewer = wanted(asked), viewing(asked)
        order = ORDERS[want.order]
        page = asked.page(order)
        return page_of(self._ledger.chosen(want, viewer), order, page, lambda each: self._row(each, viewer))

    def files(self, key: str, viewer: Viewing) -> list[Row]:
        """What stands beside a report."""
        report = self._ledger.get(key, viewer)
        files: list[Row] = self._row(report, viewer)["attachments"] if report is not None else []
        return files

    def of_questions(self, asked: Asked) -> Row:
        viewer, order = viewing(asked), ORDERS["SUBMITTED_AT_DESC"]
        page = asked.page(order)
        return owners_of(
            lambda key: self._ledger.of_question(key, viewer),
            asked.owners(),
            order,
            page,
            lambda each: self._row(each, viewer),
        )

    def of_members(self, asked: Asked) -> Row:
        want, viewer = wanted(asked), viewing(asked)
        order = ORDERS[want.order]
        page = asked.page(order)
        return owners_of(
            lambda key: self._ledger.of_member(key, want, viewer),
            asked.owners(),
            order,
            page,
            lambda each: self._row(each, viewer),
        )

    def _row(self, report: KeptReport, viewer: Viewing) -> Row:
        """The row as this viewer may see it; who may not is never asked for here."""
        return report_row(report, self._ledger.grounds(report, viewer) or Grounds.PARTNER)
