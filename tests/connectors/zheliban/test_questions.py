"""Who sees which question, in lists, counts and by key."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.records.page import PageArgs
from connectors.records.question import Question, QuestionQuery, QuestionStatus, Visibility
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]
ALL = PageArgs(first=100, with_total=True)
WAITING = {"SUBMITTED", "ACCEPTED", "ASSIGNED", "IN_PROGRESS", "REOPENED"}


@dataclass
class Scene:
    """A private, answered question to a member, and people around it."""

    question: AskedQuestion
    reply: str
    viewers: dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def scene(world: World, asked: list[AskedQuestion]) -> Scene:
    """The first private question with an addressee, and who may or may not see it."""
    question = next(q for q in asked if not q.public and q.answered and q.addressee)
    addressee = question.addressee
    assert addressee is not None
    people = {member.key for member in question.studio.members}
    colleague = next(key for key in sorted(people) if key != addressee.key)
    stranger = next(member.key for member in world.members if member.key not in people)
    others = [person.user_id for person in world.citizens if person is not question.asker]
    viewers: dict[str, dict[str, Any]] = {
        "anyone": {},
        "another citizen": {"account": others[0]},
        "member of another studio": {"account": others[1], "member_key": stranger},
        "official": {"roles": frozenset({Role.OFFICIAL})},
        "partner": {"roles": frozenset({Role.PARTNER})},
        "asker": {"account": question.asker.user_id},
        "addressee": {"member_key": addressee.key},
        "colleague": {"member_key": colleague},
        "staff": {"roles": frozenset({Role.STAFF})},
    }
    return Scene(question, question.replies[0].id, viewers)


MAY_NOT = ["anyone", "another citizen", "member of another studio", "official", "partner"]
MAY = ["asker", "addressee", "colleague", "staff"]


async def walked(platform: SimpleNamespace, studio: str, query: QuestionQuery, ask: Ask) -> list[Question]:
    """Every question of a studio that is found page by page."""
    found: list[Question] = []
    after = None
    while True:
        (page,) = await platform.questions.list_studio_questions([studio], query, PageArgs(first=4, after=after), ask)
        found += page.nodes
        if not page.has_next:
            return found
        after = page.end


@pytest.mark.parametrize("who", MAY_NOT)
async def test_a_private_question_is_hidden(
    platform: SimpleNamespace, asking: Asking, asked: list[AskedQuestion], scene: Scene, who: str
) -> None:
    """Who may not see it finds it in no list, no page, no count, and not by its key or its reply's."""
    ask, studio = asking(**scene.viewers[who]), scene.question.studio.key
    own = {scene.viewers[who].get("account"), scene.viewers[who].get("member_key")} - {None}
    seen = [
        q
        for q in asked
        if q.studio.key == studio and (q.public or q.asker.user_id in own or (q.addressee and q.addressee.key in own))
    ]

    (whole,) = await platform.questions.list_studio_questions([studio], QuestionQuery(), ALL, ask)
    pages = await walked(platform, studio, QuestionQuery(answered=True), ask)

    assert scene.question.id not in {row.key for row in [*whole.nodes, *pages]}
    assert whole.total == len(whole.nodes) == len(seen)
    assert await platform.questions.load_questions([scene.question.id], ask) == [None]
    assert await platform.questions.load_replies([scene.reply], ask) == [None]


@pytest.mark.parametrize("who", MAY)
async def test_a_private_question_is_shown_to_whom_it_concerns(
    platform: SimpleNamespace, asking: Asking, scene: Scene, who: str
) -> None:
    """Asker, addressee, the studio's members and staff find it everywhere, and counted."""
    ask, studio = asking(**scene.viewers[who]), scene.question.studio.key

    (whole,) = await platform.questions.list_studio_questions([studio], QuestionQuery(), ALL, ask)
    pages = await walked(platform, studio, QuestionQuery(answered=True), ask)
    (question,) = await platform.questions.load_questions([scene.question.id], ask)
    (reply,) = await platform.questions.load_replies([scene.reply], ask)

    assert scene.question.id in {row.key for row in whole.nodes}
    assert scene.question.id in {row.key for row in pages}
    assert whole.total == len(whole.nodes)
    assert question.visibility is Visibility.PRIVATE
    assert reply in question.replies


async def test_nobody_is_answered_from_anothers_entry(platform: SimpleNamespace, asking: Asking, scene: Scene) -> None:
    """What was read for one audience is never handed to another, whoever asked first."""
    keys = [scene.question.id]
    for who in [*MAY, *MAY_NOT, *MAY]:
        (found,) = await platform.questions.load_questions(keys, asking(**scene.viewers[who]))
        assert (found is not None) == (who in MAY)


async def test_a_question_read_twice_is_one_call(platform: SimpleNamespace, asking: Asking, scene: Scene) -> None:
    """For the same audience the answer is kept."""
    keys = [scene.question.id]
    await platform.questions.load_questions(keys, asking())

    await platform.questions.load_questions(keys, asking())

    assert len(platform.requests) == 1


@pytest.mark.parametrize("answered", [None, True, False])
@pytest.mark.parametrize("waiting", [None, True, False])
async def test_paging_walks_every_question_once(
    platform: SimpleNamespace, asking: Asking, asked: list[AskedQuestion], answered: Any, waiting: Any
) -> None:
    """Staff page through a studio's questions without gaps or doubles, newest first, by each filter."""
    studio = asked[0].studio.key
    expected = [
        q
        for q in asked
        if q.studio.key == studio
        and answered in (None, q.status.value in {"ANSWERED", "RATED", "CLOSED"} and len(q.replies) > 0)
        and waiting in (None, q.status.value in WAITING)
    ]

    found = await walked(
        platform, studio, QuestionQuery(answered=answered, waiting=waiting), asking(roles=frozenset({Role.STAFF}))
    )

    assert [q.key for q in found] == [q.id for q in sorted(expected, key=lambda q: q.asked_at, reverse=True)]


async def test_each_studio_has_its_own_page(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """Several studios come in one call, each with its page; one nobody knows has an empty page."""
    keys = [world.studios[0].key, "S-none", world.studios[1].key]

    first, none, second = await platform.questions.list_studio_questions(
        keys, QuestionQuery(answered=True), PageArgs(first=3, with_total=True), asking()
    )

    assert [{q.studio.key for q in page.nodes} for page in (first, second)] == [{keys[0]}, {keys[2]}]
    assert all(q.replies and q.status in set(QuestionStatus) for page in (first, second) for q in page.nodes)
    assert (none.nodes, none.total, none.has_next) == ((), 0, False)
    assert len(platform.requests) == 1


async def test_a_question_says_what_its_page_shows(
    platform: SimpleNamespace, asking: Asking, asked: list[AskedQuestion]
) -> None:
    """Names, replies and rating come with the row; the asker's name only when they gave it."""
    open_, hidden = (
        next(q for q in asked if q.public and q.rating and q.addressee and q.anonymous is anonymous)
        for anonymous in (False, True)
    )

    question, anonymous = await platform.questions.load_questions([open_.id, hidden.id], asking())

    assert (question.title, question.asked_at, question.studio.name) == (open_.title, open_.asked_at, open_.studio.name)
    assert question.asker.name == open_.asker.name
    assert question.addressee.name == open_.addressee.person.name  # type: ignore[union-attr]  # chosen with one
    assert [(r.body, r.replied_at, r.author.name) for r in question.replies] == [
        (r.body, r.replied_at, r.author.person.name) for r in open_.replies
    ]
    assert question.rating.score == open_.rating.score  # type: ignore[union-attr]  # chosen with one
    assert question.visibility is Visibility.PUBLIC
    assert anonymous.asker is None
