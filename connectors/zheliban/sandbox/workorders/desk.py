"""What owners do about work orders; each method does one write and answers the order."""

from typing import Any

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.answering import BODY_INVALID, MOVE_FORBIDDEN, NOT_ALLOWED, NOT_FOUND, RefusedError
from connectors.zheliban.sandbox.studios.asked import GivenFile
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.workorders.bodies import CreateBody, FollowUpBody, SupplementBody
from connectors.zheliban.sandbox.workorders.chain import Way, closed, due_of, plan_of, reopened
from connectors.zheliban.sandbox.workorders.orders import DONE, Added, Order, S, Verdict, order_row
from connectors.zheliban.sandbox.workorders.store import OrderStore, number_of
from connectors.zheliban.sandbox.writes import By

_NOT_OURS = ("政协", "人大", "党委")
_PACE = 0.5


class Desk:
    """Raises ``RefusedError`` for what cannot be."""

    def __init__(self, store: OrderStore, studios: StudioStore) -> None:
        self._store = store
        self._people = studios.people
        self._questions = studios.questions
        self._shelf = studios.shelf

    def create(self, body: CreateBody) -> Any:
        """``POST /orders/create``."""
        owner = self._owner(body)
        if not self._store.serves(body.regionCode):
            raise RefusedError(BODY_INVALID, "参数错误：regionCode")
        files = self._shelf.checked(body.attachmentIds, owner.user_id or "")
        text, now = body.title + body.body, round(self._store.time.now(), 3)
        way = Way.REFUSED if any(word in text for word in _NOT_OURS) else Way.USUAL
        unit, due = self._store.unit_for(body.regionCode, text), due_of(body.kind, way, now)
        serial, place = next(self._store.numbers), body.location
        order = Order(
            id=f"W{serial:07d}",
            number=number_of(now, serial),
            owner=owner,
            kind=body.kind,
            title=body.title,
            body=body.body,
            region=body.regionCode,
            place=(place.latitude, place.longitude, place.address) if place else None,
            handler=unit,
            accepted=now,
            due=due,
            plan=plan_of(way, now, due, unit.name, _PACE),
            files=files,
            source=body.sourceQuestionId,
        )
        self._store.add(order)
        self._belong(order, files)
        return order_row(order, now, grounds="STAFF" if body.by.staff else "OWNER")

    def supplement(self, body: SupplementBody) -> Any:
        """``POST /orders/supplements``: while it is not closed."""
        order, now = self._own(body.orderId, body.by), round(self._store.time.now(), 3)
        if order.status(now) in DONE:
            raise _forbidden(order, now)
        files = self._shelf.checked(body.attachmentIds, order.owner.user_id or "")
        order.added = (*order.added, Added(body.body, now, files))
        self._belong(order, files)
        return order_row(order, now, grounds="OWNER")

    def follow_up(self, body: FollowUpBody) -> Any:
        """``POST /orders/follow-ups``: once it was answered."""
        order, now = self._own(body.orderId, body.by), round(self._store.time.now(), 3)
        if order.status(now) not in (S.CALLBACK, S.CLOSED, S.ANSWERED_DIRECTLY):
            raise _forbidden(order, now)
        order.verdict = Verdict(satisfied=body.satisfied, comment=body.comment, at=now)
        order.plan = closed(order.plan, now) if body.satisfied else reopened(order.plan, now, order.handler.name)
        return order_row(order, now, grounds="OWNER")

    def _owner(self, body: CreateBody) -> PersonSeed:
        """Who reports it; of a question that the office hands on, who asked it."""
        if body.by.staff and body.sourceQuestionId is not None:
            question = self._questions.get(body.sourceQuestionId)
            if question is None:
                raise RefusedError(NOT_FOUND, "提问不存在")
            return question.asker
        owner = self._people.get(body.by.userId or "")
        if owner is None:
            raise RefusedError(NOT_ALLOWED, "账号不存在")
        return owner

    def _own(self, key: str, by: By) -> Order:
        order = self._store.orders.get(key)
        if order is None:
            raise RefusedError(NOT_FOUND, "工单不存在")
        if by.userId is None or order.owner.user_id != by.userId:
            raise RefusedError(NOT_ALLOWED, "不是本人的工单")
        return order

    def _belong(self, order: Order, files: tuple[GivenFile, ...]) -> None:
        self._shelf.belong(files, lambda viewer: viewer.staff or viewer.account == order.owner.user_id)


def _forbidden(order: Order, now: float) -> RefusedError:
    """The refusal of what the state does not allow; ``allowed`` are the states it could go to."""
    status = order.status(now)
    ahead = [step.status.value for step in order.plan if step.at > now][:1]
    allowed = [S.REOPENED.value] if status is S.CLOSED else ahead
    return RefusedError(MOVE_FORBIDDEN, "当前状态不允许此操作", {"status": status.value, "allowed": allowed})
