"""The operations on deliberations (``contract/deliberations.yaml``), and where their statements are kept."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from connectors.duty.sandbox.activities.programme import Programme
from connectors.duty.sandbox.forum.agenda import Talk, region_in, talks_of
from connectors.duty.sandbox.forum.ordering import order_asked, orders_of
from connectors.duty.sandbox.forum.thread import Thread, thread_of
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.opinions.seeding import reports_of
from connectors.duty.sandbox.proposals.seeding import proposals_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import of_committee
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.records.deliberation import DeliberationKind, DeliberationStatus
from connectors.regions import lies_in
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of, page_of
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed, World

Row = dict[str, Any]
_BY_OPENING: Order[Talk] = Order("OPENS_AT_ASC", lambda talk: (talk.opens_at.timestamp(), talk.id))
ORDERS: dict[str, Order[Talk]] = orders_of(
    Order("OPENS_AT_DESC", lambda talk: (-talk.opens_at.timestamp(), talk.id)),
    Order("CLOSES_AT_ASC", lambda talk: (talk.closes_at.timestamp(), talk.id)),
    Order("CHANGED_AT_ASC", lambda talk: (talk.changed_at.timestamp(), talk.id)),
)
_ADOPTED = 2
_FILTERS = ("kind", "status", "organizationCode", "regionCode", "text", "topLevel", "changedSince", "orderBy")


class Agenda:
    """All deliberations and what was said in them; lives as long as the sandbox."""

    def __init__(self, world: World, rolls: Rolls) -> None:
        codes = {committee.region_code: committee.code for committee in world.committees}
        self._world = world
        self._rolls = rolls
        self._threads: dict[str, Thread] = {}
        self._adopted: dict[str, list[Row]] = {}
        self._on: dict[str, dict[str, str]] = {}
        self._programme = Programme(world)
        self._shelf: Shelf[Talk] = Shelf(
            world,
            lambda committee: talks_of(world, committee),
            lambda key: codes.get(region_in(key), ""),
            ORDERS,
        )
        self.children: dict[str, list[Talk]] = defaultdict(list)
        for talk in self._shelf.filled().of(ALL):
            if talk.parent:
                self.children[talk.parent].append(talk)
        for parts in self.children.values():
            parts.sort(key=_BY_OPENING.place)

    def get(self, key: str) -> Talk | None:
        """One that was not withdrawn."""
        talk = self._shelf.get(key)
        return talk if talk and talk.withdrawn_at is None else None

    def thread(self, key: str) -> Thread | None:
        """What was said in one."""
        talk = self.get(key)
        if talk is not None and key not in self._threads:
            self._threads[key] = thread_of(self._world, talk, self._rolls.members_of(talk.committee))
        return self._threads.get(key)

    def heard(self, member: MemberSeed) -> list[Thread]:
        """Every thread a member may have spoken in: those of their committee, and what somebody looked at elsewhere.

        To speak in one is to look at it, and nobody spoke in another committee's before.
        """
        for talk in self.sorted("OPENS_AT_DESC", member.committee.code):
            self.thread(talk.id)
        return list(self._threads.values())

    def all(self) -> list[Talk]:
        """All that were not withdrawn."""
        return [talk for talk in self._shelf.of(ALL) if talk.withdrawn_at is None]

    def sorted(self, order: str, code: str | None) -> list[Talk]:
        """One committee's or all, the withdrawn among them."""
        return self._shelf.sorted(order, code or ALL)

    def row(self, talk: Talk) -> Row:
        """The row a deliberation is told as."""
        thread = self._threads.get(talk.id)
        return {
            "id": talk.id,
            "kind": talk.kind.value,
            "title": talk.title,
            "background": talk.background,
            "status": talk.status.value,
            "opensAt": talk.opens_at.isoformat(),
            "closesAt": talk.closes_at.isoformat(),
            **of_committee(talk.committee),
            "brand": talk.brand,
            "parentId": talk.parent,
            "childCount": len(self.children.get(talk.id, ())),
            "liveStreamUrl": talk.stream,
            "videoRoom": {"url": talk.room, "startsAt": talk.meets_at.isoformat()} if talk.meets_at else None,
            "participantCount": talk.participants + (len(thread.posters) if thread else 0),
            "statementCount": len(thread.newest) if thread else talk.statements,
            "outcome": {"summary": talk.outcome, "adoptedReports": self._reports(talk)} if talk.outcome else None,
            "proposalId": self._proposal(talk),
            "activityIds": self._programme.of_talk(talk.committee.region_code, talk.id),
            "changedAt": talk.changed_at.isoformat(),
            "withdrawnAt": talk.withdrawn_at.isoformat() if talk.withdrawn_at else None,
        }

    def _proposal(self, talk: Talk) -> str | None:
        """The key proposal of its committee that it is on."""
        if talk.committee.code not in self._on:
            proposals = proposals_of(self._world, self._rolls, talk.committee)
            self._on[talk.committee.code] = {key: each.id for each in proposals for key in each.talks}
        return self._on[talk.committee.code].get(talk.id)

    def _reports(self, talk: Talk) -> list[Row]:
        """Two adopted opinion reports of its committee, or as many as there are."""
        committee = talk.committee
        if committee.code not in self._adopted:
            reports = reports_of(self._world, self._rolls, committee)
            self._adopted[committee.code] = [{"id": each.id, "title": each.title} for each in reports if each.adoptions]
        adopted = self._adopted[committee.code]
        return [adopted[(talk.number + at) % len(adopted)] for at in range(min(_ADOPTED, len(adopted)))]


def deliberation_operations(ground: Ground, agenda: Agenda) -> Sequence[Operation]:
    """By key, whole lists, sub-topics."""

    def by_key(asked: Asked) -> Row:
        keys = asked.keys()
        found = {key: talk for key in keys if (talk := agenda.get(key))}
        return items_of(found, keys, agenda.row)

    def listed(asked: Asked) -> Row:
        order = order_asked(asked, ORDERS)
        wanted = asked.page(order)
        return page_of(
            _matching(asked, agenda.sorted(order.name, asked.key("organizationCode"))), order, wanted, agenda.row
        )

    def children(asked: Asked) -> Row:
        known = {key: agenda.children.get(key, []) for key in asked.owners() if agenda.get(key)}
        return owners_of(known, known, _BY_OPENING, asked.page(_BY_OPENING), agenda.row)

    return (
        ground.read("deliberations", "/deliberations", by_key),
        ground.read("deliberations.list", "/deliberations/list", listed, (*PAGE, *_FILTERS)),
        ground.read("deliberations.children", "/deliberations/children", children, ("ownerIds", *PAGE)),
    )


def _matching(asked: Asked, talks: list[Talk]) -> list[Talk]:
    """Those that all filters let through; without ``changedSince`` the withdrawn are not among them."""
    kind, status = asked.choice("kind", DeliberationKind), asked.choice("status", DeliberationStatus)
    region, text, since = asked.region(), asked.text("text"), asked.moment("changedSince")
    top_level = asked.flag("topLevel")
    return [
        talk
        for talk in talks
        if (talk.withdrawn_at is None if since is None else talk.changed_at >= since)
        and (kind is None or talk.kind is kind)
        and (status is None or talk.status is status)
        and (region is None or lies_in(talk.committee.region_code, region))
        and (not top_level or talk.parent is None)
        and (text is None or text in talk.title or text in talk.background)
    ]
