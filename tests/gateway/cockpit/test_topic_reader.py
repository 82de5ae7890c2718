"""Changed questions are read beside the requests, from a real sandbox, by one replica at a time."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from auth.store.tables import TopicQuestionRow, TopicWordRow
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.ports import QuestionDesk
from connectors.records.question import Question, QuestionKind, Visibility
from connectors.records.question_writes import ModerationVerdict, NewQuestion
from connectors.records.studio import StudioCategory
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Ask, Role, Viewer
from gateway.app import create_app
from gateway.cockpit import topic_reader
from gateway.cockpit.keywords import KeywordProcess, Tell, Words
from gateway.cockpit.topic_reader import TopicReader
from gateway.cockpit.topic_store import LeaseLostError, TopicStore
from gateway.parts import Parts
from tests.stack import Sandbox, settings_in_front_of, started_sandbox

PUBLISHED = "{ questions(first: 1, filter: {moderation: PUBLISHED}) { totalCount } }"
_numbers = count(1)


@pytest.fixture(scope="module")
def own_sandbox() -> Iterator[Sandbox]:
    """Platforms that only these tests write to."""
    with started_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def parts(own_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    """A gateway's parts; it keeps nothing of what it reads, so that a round sees what just changed."""
    own_sandbox.reset()
    monkeypatch.setattr(topic_reader, "_PAUSE_SECONDS", 0)
    app = create_app(settings_in_front_of(own_sandbox, tmp_path, cache={"keep": False}))
    made: Parts = app.state.parts
    async with made.opened():
        yield made


@asynccontextmanager
async def words() -> AsyncIterator[Tell]:
    """A way of telling words that takes no library."""

    async def tell(texts: Sequence[str]) -> list[frozenset[str]]:
        return [frozenset(word for word in ("医保", "学区", "量子") if word in text) for text in texts]

    yield tell


def replica(parts: Parts, name: str, words: Words = words) -> TopicReader:
    """A process that reads."""
    store = TopicStore(parts.database, name, "s1")
    return TopicReader(store, parts.engine.sources, words, lambda person: f"pseudonym of {person[-4:]}", 0)


async def number_of(parts: Parts, what: Any) -> int:
    """How many rows the store has."""

    async def counted(session: Any) -> int:
        return int(await session.scalar(select(func.count(what))))

    return await parts.database.read(counted)


async def keys_with(parts: Parts, word: str) -> set[str]:
    """The questions counted for a word."""

    async def found(session: Any) -> set[str]:
        return set(await session.scalars(select(TopicWordRow.question_key).where(TopicWordRow.word == word)))

    return await parts.database.read(found)


def asking(**facts: Any) -> Ask:
    """Somebody who does something."""
    return Ask(Viewer(**facts), Deadline.after(20))


async def ask_about(parts: Parts, sandbox: Sandbox, title: str) -> str:
    """A citizen asks, and agrees to be published."""
    question = NewQuestion(
        studio_key=sandbox.world.studios[0].key,
        category=StudioCategory.OTHER,
        kind=QuestionKind.CONSULTATION,
        title=title,
        body="谢谢。",
        visibility=Visibility.PUBLIC,
    )
    citizen = asking(accounts={"zheliban": sandbox.world.citizens[0].user_id}, roles=frozenset({Role.CITIZEN}))
    desk = parts.engine.sources[QuestionDesk.ask_question]
    made: Question = await desk(question, f"topic-reader-{next(_numbers):06d}", citizen)
    return made.key


async def moderate(parts: Parts, key: str, *, publish: bool) -> None:
    """The office decides about publishing."""
    office = asking(employee_code="GE_staff", roles=frozenset({Role.OFFICIAL, Role.STAFF, Role.MODERATOR}))
    verdict = ModerationVerdict(key=key, publish=publish)
    await parts.engine.sources[QuestionDesk.moderate_question](verdict, f"topic-reader-{next(_numbers):06d}", office)


async def test_all_published_questions_are_counted(parts: Parts, own_sandbox: Sandbox) -> None:
    """As many as the graph tells somebody without a token; the next round asks for what is new only."""
    await replica(parts, "one").round()
    first = own_sandbox.calls()["zheliban.questions.list"]
    own_sandbox.reset()
    await replica(parts, "one").round()

    assert await number_of(parts, TopicQuestionRow.key) > 1000
    assert first == -(-await number_of(parts, TopicQuestionRow.key) // 100)
    assert own_sandbox.calls()["zheliban.questions.list"] == 1
    assert len(await keys_with(parts, "医保")) > 5


async def test_a_question_counts_while_it_is_published(parts: Parts, own_sandbox: Sandbox) -> None:
    """Not before the office published it, and no more once it took that back."""
    reader = replica(parts, "one")
    key = await ask_about(parts, own_sandbox, "量子计算机能进社区吗？")
    await reader.round()
    before = await keys_with(parts, "量子")

    await moderate(parts, key, publish=True)
    await reader.round()
    while_published = await keys_with(parts, "量子")
    await moderate(parts, key, publish=False)
    for _ in range(await number_of(parts, TopicQuestionRow.key) // 100 + 1):
        await reader.round()  # each looks at a hundred again

    assert (before, while_published, await keys_with(parts, "量子")) == (set(), {key}, set())


async def test_an_illness_of_the_platform_costs_no_question(parts: Parts, own_sandbox: Sandbox) -> None:
    """What was read is kept, and the next round goes on from there."""
    reader = replica(parts, "one")
    own_sandbox.break_("zheliban", FaultKind.HTTP500)
    with pytest.raises(PlatformError):
        await reader.round()
    own_sandbox.reset()

    await reader.round()

    assert await number_of(parts, TopicQuestionRow.key) > 1000


async def test_a_death_of_what_tells_keywords_costs_no_question(parts: Parts) -> None:
    """Killed before the next page, it is started again, and the round comes to its end."""
    worker = KeywordProcess()
    killed: list[int] = []

    @asynccontextmanager
    async def dying() -> AsyncIterator[Tell]:
        async def tell(texts: Sequence[str]) -> list[frozenset[str]]:
            if worker._process is not None and not killed:
                killed.append(worker._process.pid)
                worker._process.kill()
            return await worker.tell(texts)

        yield tell
        await worker.end()

    await replica(parts, "one", dying).round()

    assert len(killed) == 1
    assert await number_of(parts, TopicQuestionRow.key) > 1000
    assert len(await keys_with(parts, "医保")) > 5


async def test_replicas_do_not_count_twice(parts: Parts) -> None:
    """Of two that begin at once one waits for its turn; whoever comes next goes on where the other was."""
    ends = await asyncio.gather(*(replica(parts, name).round() for name in ("one", "two")), return_exceptions=True)
    once = await number_of(parts, TopicWordRow.word)
    await replica(parts, "three").round()

    assert [type(end) for end in ends if end is not None] == [LeaseLostError]
    assert await number_of(parts, TopicWordRow.word) == once
