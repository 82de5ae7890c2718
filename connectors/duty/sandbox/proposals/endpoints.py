"""The reads of ``contract/proposals.yaml``, and where its writes go."""

from collections import Counter
from collections.abc import Sequence

from connectors.duty.sandbox.audience import VIEWER, Viewing, viewing
from connectors.duty.sandbox.cabinet import Cabinet
from connectors.duty.sandbox.causes import CATEGORIES, GRADES
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.proposals.bodies import CosignBody, ProposalBody, ProposalMoveBody
from connectors.duty.sandbox.proposals.desk import Desk
from connectors.duty.sandbox.proposals.docket import Docket
from connectors.duty.sandbox.proposals.moves import Moves
from connectors.duty.sandbox.proposals.rows import proposal_row
from connectors.duty.sandbox.proposals.wanted import FILTERS, wanted
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import named_member
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalShare
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, Row, owners_of, page_of
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed

_LIST = (*PAGE, *FILTERS, *VIEWER)


def operations(ground: Ground, rolls: Rolls, cabinet: Cabinet) -> Sequence[Operation]:
    """Every operation of the subject."""
    docket = Docket(ground.world, rolls)
    reads, desk = _Reads(docket), Desk(ground, docket)
    moves = Moves(ground, docket, desk)
    cabinet.holds(reads.files)
    return [
        ground.read("proposals", "/proposals", reads.by_id, ("ids", *VIEWER)),
        ground.read("proposals.list", "/proposals/list", reads.all, _LIST),
        ground.read("members.proposals", "/members/proposals", reads.of_members, ("ownerIds", "share", *_LIST)),
        ground.read(
            "proposals.coProposers", "/proposals/co-proposers", reads.co_proposers, ("ownerIds", *PAGE, *VIEWER)
        ),
        ground.read("organizations.proposals.counts", "/organizations/proposals/counts", reads.counts),
        ground.read("organizations.proposals.tables", "/organizations/proposals/tables", reads.tables),
        ground.write("proposals.save", "/proposals/drafts", ProposalBody, desk.save),
        ground.write("proposals.submit", "/proposals/submissions", ProposalBody, desk.submit),
        ground.write("proposals.cosign", "/proposals/cosignatures", CosignBody, desk.cosign),
        ground.write("proposals.move", "/proposals/moves", ProposalMoveBody, moves.move),
    ]


class _Reads:
    """What each read answers."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket

    def by_id(self, asked: Asked) -> Row:
        keys, viewer = asked.keys(), viewing(asked)
        found = (self._docket.get(key, viewer) for key in keys)
        return {"items": [proposal_row(each) for each in found if each is not None]}

    def all(self, asked: Asked) -> Row:
        want = wanted(asked)
        page = asked.page(want.order)
        return page_of(self._docket.chosen(want, viewing(asked)), want.order, page, proposal_row)

    def of_members(self, asked: Asked) -> Row:
        want, viewer = wanted(asked), viewing(asked)
        page, share = asked.page(want.order), asked.choice("share", ProposalShare) or ProposalShare.ANY

        return owners_of(
            lambda key: self._docket.of_member(key, share, want, viewer),
            asked.owners(),
            want.order,
            page,
            proposal_row,
        )

    def files(self, key: str, viewer: Viewing) -> list[Row]:
        """What stands beside a proposal and its replies."""
        proposal = self._docket.get(key, viewer)
        row = proposal_row(proposal) if proposal is not None else {"attachments": [], "replies": []}
        return [*row["attachments"], *(file for reply in row["replies"] for file in reply["attachments"])]

    def co_proposers(self, asked: Asked) -> Row:
        """Those who signed, in the order they did: each proposal's own, so a place is the number in it."""
        viewer = viewing(asked)
        page = asked.page(_signed({}))
        items = []
        for key in asked.owners():
            proposal = self._docket.get(key, viewer)
            if proposal is not None:
                order = _signed({member.key: at for at, member in enumerate(proposal.co_proposers)})
                items.append({"ownerId": key} | page_of(proposal.co_proposers, order, page, named_member))
        return {"items": items}

    def counts(self, asked: Asked) -> Row:
        return {"items": [self._counts_of(code) for code in self._committees(asked)]}

    def _committees(self, asked: Asked) -> list[str]:
        """Of the keys, those of committees."""
        keys = asked.keys()
        return [code for code in keys if code in self._docket.rolls.committees]

    def _counts_of(self, code: str) -> Row:
        rows = [p for p in self._docket.shelf.of(code) if p.status is not ProposalStatus.DRAFT]
        by_status = Counter(proposal.status.value for proposal in rows)
        return {
            "code": code,
            "total": len(rows),
            "key": sum(proposal.is_key for proposal in rows),
            "outstanding": sum(proposal.is_outstanding for proposal in rows),
            "byStatus": dict(by_status),
        }

    def tables(self, asked: Asked) -> Row:
        tables = {
            "categories": [{"code": code, "name": name} for code, name in CATEGORIES.items()],
            "grades": [{"code": code, "name": name} for code, name in GRADES.items()],
        }
        return {"items": [{"code": code} | tables for code in self._committees(asked)]}


def _signed(places: dict[str, int]) -> Order[MemberSeed]:
    """The order in which a proposal's co-proposers signed."""
    return Order("P-SIGNED", lambda member: (float(places[member.key]), member.key))
