"""Notices to citizens: sent, kept, and read by whom they are for."""

# ruff: noqa: N815 - the contract's spelling

from dataclasses import dataclass
from itertools import count
from typing import Annotated, Any

import msgspec

from connectors.sandbox.paging import Order
from connectors.zheliban.sandbox.answering import NOT_FOUND, Answering, RefusedError
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.parameters import PAGE, Parameters
from connectors.zheliban.sandbox.studios.asked import moment_of
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.writes import Account, WriteBody, WriteBook

ROOT = "/notices/v1"
_WELCOME = ("欢迎使用委员工作室", "您可以按领域选择工作室，向政协委员一对一提问。")
_ANSWERED = ("您的提问有了新答复", "委员已答复您的提问“{}”，请查看并评价。")
_SEEDED_ANSWERS = 3


class SendBody(WriteBody, frozen=True):
    """A notice to one citizen."""

    userId: Account
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    link: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s]{1,500}$")] | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is kept; ``at`` is seconds since 1970."""

    id: str
    title: str
    text: str
    link: str | None
    at: float

    def row(self) -> dict[str, Any]:
        """A ``Notice`` of the contract."""
        sent_at = moment_of(self.at)
        return {"id": self.id, "title": self.title, "text": self.text, "link": self.link, "sentAt": sent_at}


NEWEST: Order[Notice] = Order("SENT_AT_DESC", lambda notice: (-notice.at, notice.id))


class NoticeBox:
    """Everybody has a welcome and news of their last answers; what is sent comes on top."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store
        self._sent: dict[str, list[Notice]] = {}
        self._numbers = count(1)

    def send(self, body: SendBody) -> Any:
        """``POST /notices``."""
        if body.userId not in self._store.people:
            raise RefusedError(NOT_FOUND, "账号不存在")
        number, now = next(self._numbers), round(self._store.time.now(), 3)
        notice = Notice(f"N{number:07d}", body.title, body.text, body.link, now)
        self._sent.setdefault(body.userId, []).append(notice)
        return notice.row()

    def notices(self, sent: Parameters) -> Any:
        """``GET /users/notices``: one's own only."""
        viewer, page = sent.required_account("viewerId"), sent.page(NEWEST)
        own = (key for key in sent.accounts("ownerIds") if key == viewer and key in self._store.people)
        return {"items": [{"ownerId": key} | NEWEST.page(self._all(key), page, Notice.row) for key in own]}

    def _all(self, account: str) -> list[Notice]:
        return sorted((*self._sent.get(account, ()), *self._seeded(account)), key=NEWEST.place)

    def _seeded(self, account: str) -> list[Notice]:
        title, text = _ANSWERED
        answered = [q for q in self._store.of_asker.get(account, ()) if q.steps is None and q.replies]
        news = [
            Notice(f"NR{q.id[1:]}", title, text.format(q.title), None, q.replies[0].at)
            for q in answered[:_SEEDED_ANSWERS]
        ]
        welcome = Notice(f"NW{account[:32]}", *_WELCOME, None, self._store.time.begun - 400 * 86_400)
        return [*news, welcome]


def notice_component(scene: Scene) -> Component:
    """The notices as a component of the sandbox."""
    answering, box = Answering("NOTICE"), NoticeBox(scene.studios)
    book = WriteBook(answering, scene.studios.time.now)
    known = ("ownerIds", "viewerId", *PAGE)
    served = (
        Served("notices.send", "POST", f"{ROOT}/notices", book.writing("notices.send", box.send, SendBody)),
        Served("users.notices", "GET", f"{ROOT}/users/notices", answering.reading(box.notices, known)),
        Served("notices.writes", "GET", f"{ROOT}/writes", book.writes),
    )
    return Component(scene.settings.irs.components.notice, served)
