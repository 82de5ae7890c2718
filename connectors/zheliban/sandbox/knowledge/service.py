"""The knowledge base: articles by key, and a search that reads Chinese without a dictionary."""

# ruff: noqa: N815 - the contract's spelling

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from connectors.regions import REGIONS
from connectors.sandbox.bigrams import BigramIndex
from connectors.sandbox.paging import Order, PageWanted
from connectors.sandbox.scenes import ASKED
from connectors.sandbox.world import World
from connectors.zheliban.sandbox.answering import Answering
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.knowledge.articles import HOT, LOCAL
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.topics import TOPICS
from connectors.zheliban.sandbox.writes import Body

ROOT = "/knowledge/v1"
_DAYS = 300
_QUESTION_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Article:
    """A question many ask, and its answer."""

    id: str
    topic: str
    question: str
    answer: str
    updated_at: datetime
    views: int

    def row(self) -> dict[str, Any]:
        """An ``Article`` of the contract."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.answer,
            "topic": self.topic,
            "updatedAt": self.updated_at,
            "views": self.views,
        }


Hit = tuple[float, Article]
BEST: Order[Hit] = Order("SCORE_DESC", lambda hit: (-hit[0], f"{10**9 - hit[1].views:010d}{hit[1].id}"))


class SearchBody(Body, frozen=True):
    """What is looked for, and which page of it; without words a topic's articles, or all, by views."""

    first: Annotated[int, msgspec.Meta(ge=1, le=100)]
    text: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    topic: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    after: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,200}$")] | None = None
    withTotal: bool = False


class KnowledgeBase:
    """All articles; a question counts half of a score, question and answer together the other half."""

    def __init__(self, world: World) -> None:
        self._articles = list(seeded_articles(world))
        self._of_key = {article.id: article for article in self._articles}
        self._questions = BigramIndex(article.question for article in self._articles)
        self._whole = BigramIndex(f"{a.topic} {a.question} {a.answer}" for a in self._articles)

    def articles(self, sent: Parameters) -> Any:
        """``GET /articles``."""
        return {"items": [self._of_key[key].row() for key in sent.keys("ids") if key in self._of_key]}

    def search(self, body: SearchBody) -> Any:
        """``POST /articles/search``."""
        wanted = PageWanted(body.first, BEST.place_from(body.after), body.withTotal)
        found = sorted((hit for hit in self._hits(body.text) if body.topic in (None, hit[1].topic)), key=BEST.place)
        return BEST.page(found, wanted, lambda hit: hit[1].row() | {"score": hit[0]})

    def _hits(self, text: str | None) -> Iterator[Hit]:
        if text is None:
            yield from ((0.0, article) for article in self._articles)
            return
        in_question = self._questions.found(text)
        for number, score in self._whole.found(text).items():
            both = _QUESTION_SHARE * in_question.get(number, 0.0) + (1 - _QUESTION_SHARE) * score
            yield round(both, 4), self._articles[number]


def seeded_articles(world: World) -> Iterator[Article]:
    """The hot questions, those citizens put to studios, and some of every region."""
    random = world.random("zheliban:knowledge")
    texts = [*HOT]
    for category, topics in TOPICS.items():
        texts += [(topic, asked, told) for topic, (asked, _, told) in zip(topics, ASKED[category], strict=True)]
    for committee in world.committees:
        region = REGIONS[committee.region_code].name
        texts += [(topic, asked.format(region=region), told.format(region=region)) for topic, asked, told in LOCAL]
    today = world.today.replace(hour=9, minute=0, second=0, microsecond=0)
    for number, (topic, question, answer) in enumerate(texts, 1):
        updated = today - timedelta(days=1 + int(random.random() * _DAYS))
        yield Article(f"K{number:05d}", topic, question, answer, updated, int(random.paretovariate(0.9) * 40) % 50_000)


def knowledge_component(scene: Scene) -> Component:
    """The knowledge base as a component of the sandbox."""
    answering, base = Answering("KNOWLEDGE"), KnowledgeBase(scene.world)
    served = (
        Served("articles", "GET", f"{ROOT}/articles", answering.reading(base.articles, ("ids",))),
        Served("articles.search", "POST", f"{ROOT}/articles/search", answering.posting(base.search, SearchBody)),
    )
    return Component(scene.settings.irs.components.knowledge, served)
