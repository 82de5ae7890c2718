"""What people ask in a drill: documents of its own, each in many variants so that not everything is kept already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from graphql import GraphQLError
from graphql.execution.values import VariableValues

from gateway.caching import opened_cache
from gateway.cli.walks import Who
from gateway.execution.documents import Documents
from gateway.execution.telling import told
from gateway.offering import bound
from gateway.platforms import PLATFORMS
from gateway.settings import Settings
from schema.build import shared_schema

_FOLDER = Path(__file__).parent / "documents"
_TOPICS = ("学区怎么划分", "医保", "养老", "公积金", "居住证", "停车", "社保", "残疾", "生育", "婚姻", "户口", "供暖")
_YEARS = 3
DIRECTORY = "directory"
STUDIOS: Mapping[str, Any] = {"first": 40}


@dataclass(frozen=True, slots=True)
class Question:
    """One document; ``who`` asks it, nobody for what anyone may ask."""

    name: str
    who: Who | None

    @property
    def text(self) -> str:
        """The document."""
        return _read(self.name)


QUESTIONS: tuple[Question, ...] = (
    Question("studio", Who.CITIZEN),
    Question(DIRECTORY, None),
    Question("workbench", Who.MEMBER),
    Question("proposals", Who.MEMBER),
    Question("desk", Who.STAFF),
    Question("knowledge", None),
)


@cache
def _read(name: str) -> str:
    return (_FOLDER / f"{name}.graphql").read_text()


def variants(question: str, studios: Sequence[str], year: int) -> list[dict[str, Any]]:
    """The values to ask it with, one after the other."""
    if question == "studio":
        return [{"id": studio} for studio in studios]
    if question == "workbench":
        return [{"year": year - back} for back in range(_YEARS)]
    if question == "knowledge":
        return [{"text": topic} for topic in _TOPICS]
    return [{"first": first} for first in range(5, 25)]


def asked_in_turn(studios: Sequence[str], year: int) -> Iterator[tuple[Question, dict[str, Any]]]:
    """Without end: every question in turn, each time with its next values."""
    values = {question.name: cycle(variants(question.name, studios, year)) for question in QUESTIONS}
    for question in cycle(QUESTIONS):
        yield question, next(values[question.name])


def needs_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Which platforms each question is answered from, as its plan has it."""
    schema = shared_schema()
    documents = Documents(schema, settings.limits)
    kept = opened_cache(settings.cache)
    connections = [platform.connect(settings.platform(platform), kept) for platform in PLATFORMS]
    sources = bound(source for connection in connections for source in connection.sources)
    needs: dict[str, tuple[str, ...]] = {}
    for question in QUESTIONS:
        compiled = documents.read(question.text).operation(schema, None)
        if isinstance(compiled, GraphQLError):
            raise compiled
        words = told(compiled.plan(VariableValues({}, {})), sources, 0)
        needs[question.name] = tuple(sorted({step.platform for step in words.steps}))
    return needs


def most_needed(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The platforms, the one that most questions need first."""
    counted = list(chain.from_iterable(needs.values()))
    names = [platform.name for platform in PLATFORMS]
    return sorted(names, key=lambda name: -counted.count(name))
