"""The articles of every committee and the operations on them (``contract/articles.yaml``)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from connectors.duty.sandbox.forum.covers import cover
from connectors.duty.sandbox.forum.ordering import order_asked, orders_of
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rows import of_committee
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.records.article import ArticleKind
from connectors.regions import REGIONS, lies_in
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, page_of
from connectors.sandbox.contracted.problems import ProblemError
from connectors.sandbox.forum_scenes import ARTICLES, LIVE_ENTRIES, PARAGRAPHS
from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, World

Row = dict[str, Any]
_SOURCES = ("政协办公室", "提案委员会", "委员工作室", None)
_FILTERS = ("kind", "organizationCode", "regionCode", "text", "changedSince", "orderBy")


@dataclass(frozen=True, slots=True)
class Written:
    """One article; its text is told when it is read by key."""

    id: str
    committee: CommitteeSeed
    kind: ArticleKind
    title: str
    summary: str
    published_at: datetime
    author: str | None
    has_cover: bool
    withdrawn_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When it was last other than now."""
        return self.withdrawn_at or self.published_at

    def row(self) -> Row:
        """As a list tells it."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "title": self.title,
            "summary": self.summary,
            "publishedAt": self.published_at.isoformat(),
            **of_committee(self.committee),
            "author": self.author,
            "hasCover": self.has_cover,
            "changedAt": self.changed_at.isoformat(),
            "withdrawnAt": self.withdrawn_at.isoformat() if self.withdrawn_at else None,
        }

    def whole(self) -> Row:
        """With its text, and a live report with its messages, three minutes between them."""
        paragraphs = "".join(f"<p>{text}</p>" for text in (self.summary, *PARAGRAPHS))
        start, live = self.published_at, self.kind is ArticleKind.LIVE_REPORT
        times = (start + timedelta(minutes=3 * at) for at in range(len(LIVE_ENTRIES)))
        entries = [
            {"postedAt": at.isoformat(), "body": text} for at, text in zip(times, LIVE_ENTRIES, strict=True) if live
        ]
        return self.row() | {"body": f"<h2>{self.title}</h2>{paragraphs}", "entries": entries}


_ORDERS: dict[str, Order[Written]] = orders_of(
    Order("PUBLISHED_AT_DESC", lambda each: (-each.published_at.timestamp(), each.id)),
    Order("CHANGED_AT_ASC", lambda each: (each.changed_at.timestamp(), each.id)),
)


def articles_of(world: World, committee: CommitteeSeed) -> Iterator[Written]:
    """One committee's of the last half year, the newest an hour old; one of them was withdrawn."""
    random = world.random(f"duty-articles:{committee.code}")
    place = REGIONS[committee.region_code].name
    scenes = [(kind, *scene) for kind, scenes in ARTICLES.items() for scene in scenes]
    random.shuffle(scenes)
    published_at = world.today - timedelta(hours=1)
    for at, (kind, title, summary) in enumerate(scenes):
        yield Written(
            id=f"AR{committee.region_code}{at:03d}",
            committee=committee,
            kind=kind,
            title=title.format(place=place),
            summary=summary,
            published_at=published_at,
            author=random.choice(_SOURCES),
            has_cover=at % 3 != 0,
            withdrawn_at=published_at + timedelta(minutes=40) if at == 1 else None,
        )
        published_at -= timedelta(hours=random.randint(20, 700))


def article_operations(ground: Ground) -> Sequence[Operation]:
    """By key, whole lists, the pictures."""
    codes = {committee.region_code: committee.code for committee in ground.world.committees}
    shelf: Shelf[Written] = Shelf(
        ground.world,
        lambda committee: articles_of(ground.world, committee),
        lambda key: codes.get(key[2:8], ""),
        _ORDERS,
    ).filled()

    def find(key: str) -> Written | None:
        written = shelf.get(key)
        return written if written and written.withdrawn_at is None else None

    def by_key(asked: Asked) -> Row:
        keys = asked.keys()
        return items_of({key: written for key in keys if (written := find(key))}, keys, Written.whole)

    def listed(asked: Asked) -> Row:
        order = order_asked(asked, _ORDERS)
        wanted = asked.page(order)
        rows = shelf.sorted(order.name, asked.key("organizationCode") or ALL)
        return page_of(_matching(asked, rows), order, wanted, Written.row)

    def picture(asked: Asked) -> Response:
        written = find(asked.request.path_params["id"])
        if written is None or not written.has_cover:
            raise ProblemError(HTTPStatus.NOT_FOUND, "NOT_FOUND", "no such picture")
        return Response(cover(written.id), media_type="image/png")

    return (
        ground.read("articles", "/articles", by_key),
        ground.read("articles.list", "/articles/list", listed, (*PAGE, *_FILTERS)),
        ground.read("articles.cover", "/articles/{id}/cover", picture, ()),
    )


def _matching(asked: Asked, rows: list[Written]) -> list[Written]:
    """Those that all filters let through; without ``changedSince`` the withdrawn are not among them."""
    kind, region = asked.choice("kind", ArticleKind), asked.region()
    text, since = asked.text("text"), asked.moment("changedSince")
    return [
        each
        for each in rows
        if (each.withdrawn_at is None if since is None else each.changed_at >= since)
        and (kind is None or each.kind is kind)
        and (region is None or lies_in(each.committee.region_code, region))
        and (text is None or text in each.title or text in each.summary)
    ]
