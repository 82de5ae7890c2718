"""The operations on statements (``contract/statements.yaml``): reading them, posting, liking, moderating."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from connectors.duty.sandbox.forum.deliberations import Agenda
from connectors.duty.sandbox.forum.ordering import order_asked, orders_of
from connectors.duty.sandbox.forum.thread import CHANGED, NEWEST, OLDEST, Said, Thread, citizen_row, member_row
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.states import must_follow
from connectors.duty.sandbox.writes import Actor, Key, WriteBody
from connectors.masking import masked_name
from connectors.records.deliberation import DeliberationStatus
from connectors.records.statement import StatementState
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of, page_of
from connectors.sandbox.contracted.problems import conflict, not_allowed, not_found, rejected
from connectors.sandbox.world import MemberSeed

Row = dict[str, Any]
_ORDERS = orders_of(NEWEST, CHANGED)
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"\S")]
ShownName = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern=r"\S")]
_NEXT: Mapping[StatementState, tuple[StatementState, ...]] = {
    StatementState.WAITING: (StatementState.PUBLISHED, StatementState.REFUSED),
    StatementState.PUBLISHED: (StatementState.REFUSED,),
    StatementState.REFUSED: (),
}


class PostBody(WriteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody has something to say."""

    deliberation_id: Key
    body: Words
    display_name: ShownName | None = None


class LikeBody(WriteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody likes a statement, or does so no more."""

    statement_id: Key
    liked: bool


class ModerationBody(WriteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Staff or a moderator publish a statement, or do not."""

    statement_id: Key
    publish: bool
    moderator: bool = False


def statement_operations(ground: Ground, agenda: Agenda) -> Sequence[Operation]:
    """All of them."""
    room = _Room(ground, agenda)
    return (
        ground.read("statements", "/statements", room.by_key),
        ground.read(
            "deliberations.statements",
            "/deliberations/statements",
            room.of_deliberations,
            ("ownerIds", *PAGE, "orderBy", "changedSince"),
        ),
        ground.read(
            "statements.waiting", "/statements/waiting", room.waiting, ("deliberationId", "viewerModerator", *PAGE)
        ),
        ground.write("statements.post", "/statements", PostBody, room.post),
        ground.write("statements.like", "/statements/likes", LikeBody, room.like),
        ground.write("statements.moderate", "/statements/moderation", ModerationBody, room.moderate),
    )


class _Room:
    """What each operation answers."""

    def __init__(self, ground: Ground, agenda: Agenda) -> None:
        self._ground = ground
        self._agenda = agenda

    def by_key(self, asked: Asked) -> Row:
        keys = asked.keys()
        found = {key: said for key in keys if (said := self._find(key)[1]) and said.shown}
        return items_of(found, keys, Said.row)

    def of_deliberations(self, asked: Asked) -> Row:
        order, since = order_asked(asked, _ORDERS), asked.moment("changedSince")
        wanted = asked.page(order)
        lists: dict[str, list[Said]] = {}
        for key in asked.owners():
            thread = self._agenda.thread(key)
            if thread is not None and since is not None:
                lists[key] = [said for said in thread.changes if said.changed_at >= since]
            elif thread is not None:
                lists[key] = thread.newest
        return owners_of(lists, lists, order, wanted, Said.row)

    def waiting(self, asked: Asked) -> Row:
        """Only moderators are told; the longest wait first."""
        wanted, key = asked.page(OLDEST), asked.key("deliberationId")
        keys = [talk.id for talk in self._agenda.all()] if key is None else [key]
        threads = (self._agenda.thread(each) for each in keys if asked.flag("viewerModerator"))
        rows = [said for thread in threads if thread is not None for said in thread.waiting]
        return page_of(sorted(rows, key=OLDEST.place), OLDEST, wanted, Said.row)

    def post(self, body: PostBody) -> Row:
        person, member = self._speaker(body.actor)
        thread = self._agenda.thread(body.deliberation_id)
        if thread is None:
            raise not_found("there is no such deliberation")
        if thread.talk.status is not DeliberationStatus.OPEN:
            raise conflict("FORBIDDEN_TRANSITION", f"statements are not taken while it is {thread.talk.status.value}")
        if member is not None and body.display_name is not None:
            raise rejected("INVALID_BODY", "a member speaks by their own name")
        moment = thread.moment(self._ground.now())
        said = Said(
            id=thread.next_key(),
            deliberation=thread.talk.id,
            body=body.body.strip(),
            posted_at=moment,
            author=member_row(member) if member else _citizen(body.display_name),
            state=StatementState.PUBLISHED if member else StatementState.WAITING,
            changed_at=moment,
        )
        thread.posters.add(person)
        thread.put(said)
        return said.row()

    def like(self, body: LikeBody) -> Row:
        person, _ = self._speaker(body.actor)
        _, said = self._find(body.statement_id)
        if said is None or not said.shown:
            raise not_found("there is no such statement")
        (said.likers.add if body.liked else said.likers.discard)(person)
        return {"id": said.id, "likes": said.likes + len(said.likers), "liked": body.liked}

    def moderate(self, body: ModerationBody) -> Row:
        if body.moderator:
            self._ground.acting_official(body.actor)
        else:
            self._ground.acting_staff(body.actor)
        thread, said = self._find(body.statement_id)
        if thread is None or said is None:
            raise not_found("there is no such statement")
        to = StatementState.PUBLISHED if body.publish else StatementState.REFUSED
        must_follow(_NEXT, said.state, to)
        moment = thread.moment(self._ground.now())
        said.withdrawn_at = moment if said.state is StatementState.PUBLISHED else None
        said.state, said.changed_at = to, moment
        thread.put(said)
        return said.row()

    def _find(self, key: str) -> tuple[Thread | None, Said | None]:
        thread = self._agenda.thread(key.rpartition("-")[0])
        return thread, thread.said.get(key) if thread else None

    def _speaker(self, actor: Actor) -> tuple[str, MemberSeed | None]:
        """Who speaks, as one person whatever they came by; a member where they came as one."""
        citizen = self._ground.citizens.get(actor.citizen_id or "")
        if citizen is not None:
            return citizen.id, None
        if actor.citizen_id is not None:
            raise not_allowed("nobody has that account")
        member = self._ground.acting_member(actor)
        return member.person.id, member


def _citizen(name: str | None) -> Row | None:
    """A citizen as they may be shown: masked, whatever was sent."""
    return None if name is None else citizen_row(name if name.startswith("*") else masked_name(name))
