"""Lists of questions by every filter, over studios, members, askers and everything; the search."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import BadCursorError, RejectedInputError
from connectors.records.page import PageArgs
from connectors.records.question import WAITING, Moderation, QuestionOrder, QuestionQuery, QuestionStatus
from connectors.records.studio import StudioCategory
from connectors.regions import lies_in
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion, moment_of

Asking = Callable[..., Ask]
S = QuestionStatus
CASES: list[tuple[QuestionQuery, Callable[[AskedQuestion], bool]]] = [
    (QuestionQuery(), lambda _: True),
    (QuestionQuery(answered=True), lambda q: q.answered),
    (QuestionQuery(answered=False, waiting=False), lambda q: not q.answered and q.status not in WAITING),
    (QuestionQuery(waiting=True), lambda q: q.status in WAITING),
    (QuestionQuery(statuses=(S.RETURNED, S.REJECTED)), lambda q: q.status in (S.RETURNED, S.REJECTED)),
    (QuestionQuery(category=StudioCategory.MEDICAL), lambda q: q.category == "MEDICAL"),
    (QuestionQuery(region_key="331002"), lambda q: lies_in(q.studio.committee.region_code, "331002")),
    (QuestionQuery(region_key="330000", waiting=True), lambda q: q.status in WAITING),
    (QuestionQuery(region_key="330100"), lambda _: False),
    (QuestionQuery(moderation=Moderation.WAITING), lambda q: q.moderation is Moderation.WAITING),
    (
        QuestionQuery(category=StudioCategory.LAW, statuses=(S.RATED,), region_key="331000"),
        lambda q: q.category == "LAW" and q.status is S.RATED,
    ),
]


async def walked(platform: SimpleNamespace, query: QuestionQuery, ask: Ask, first: int = 37) -> list[str]:
    """The keys of a whole list, page by page; the total must be their number."""
    found: list[str] = []
    after = None
    while True:
        args = PageArgs(first=first, after=after, with_total=True)
        (page,) = await platform.questions.list_questions([query], args, ask)
        found += [question.key for question in page.nodes]
        if not page.has_next:
            assert page.total == len(found) == len(set(found))
            return found
        after = page.end


def newest_first(questions: list[AskedQuestion]) -> list[str]:
    """Their keys, the newest first."""
    return [q.id for q in sorted(questions, key=lambda q: (-q.asked, q.id))]


@pytest.mark.parametrize(("query", "takes"), CASES)
@pytest.mark.parametrize("who", ["anyone", "staff", "member"])
async def test_the_list_over_everything_keeps_to_its_filter(
    platform: SimpleNamespace,
    world: World,
    asked: list[AskedQuestion],
    asking: Asking,
    query: Any,
    takes: Any,
    who: str,
) -> None:
    """Each filter takes what it says, of what the viewer may see, without gaps or doubles, and counts it."""
    member = world.studios[0].members[0]
    own = {studio.key for studio in world.studios if member in studio.members}
    asks = {
        "anyone": (asking(), lambda q: q.public),
        "staff": (asking(roles=frozenset({Role.STAFF})), lambda _: True),
        "member": (
            asking(member_key=member.key),
            lambda q: q.public or q.addressee is member or q.studio.key in own,
        ),
    }
    ask, sees = asks[who]

    found = await walked(platform, query, ask, first=100)

    assert found == newest_first([q for q in asked if takes(q) and sees(q)])


@pytest.mark.parametrize(("query", "takes"), CASES)
async def test_a_studios_list_keeps_to_its_filter(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, query: Any, takes: Any
) -> None:
    """So does the list of one studio, and that of one member."""
    studio, ask = asked[0].studio, asking(roles=frozenset({Role.STAFF}))
    member = studio.members[0]
    mine = [q for q in asked if q.addressee is member or member.key in {reply.author.key for reply in q.replies}]
    args = PageArgs(first=100, with_total=True)

    (of_studio,) = await platform.questions.list_studio_questions([studio.key], query, args, ask)
    (of_member,) = await platform.questions.list_member_questions([member.key], query, args, ask)

    expected = [q for q in asked if q.studio.key == studio.key and takes(q)]
    assert [q.key for q in of_studio.nodes] == newest_first(expected)
    assert [q.key for q in of_member.nodes] == newest_first([q for q in mine if takes(q)])
    assert (of_studio.total, of_member.total) == (len(of_studio.nodes), len(of_member.nodes))


@pytest.mark.parametrize("days", [0.5, 3, 30, 500])
async def test_changes_are_read_since_a_moment(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking, days: float
) -> None:
    """Oldest change first, from that very moment on, page by page."""
    since = world.today - timedelta(days=days)
    query = QuestionQuery(changed_since=since, order=QuestionOrder.CHANGED_AT_ASC)

    found = await walked(platform, query, asking(roles=frozenset({Role.STAFF})), first=100)

    changed = [q for q in asked if q.changed >= since.timestamp()]
    assert found == [q.id for q in sorted(changed, key=lambda q: (q.changed, q.id))]


async def test_a_studios_changes_are_read_since_a_moment(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """What operation 24 asks while it polls: one studio's, since the last change it saw."""
    mine = sorted((q for q in asked if q.studio.key == asked[0].studio.key), key=lambda q: (q.changed, q.id))
    since = moment_of(mine[-5].changed)
    query = QuestionQuery(changed_since=since, order=QuestionOrder.CHANGED_AT_ASC)
    ask, args = asking(roles=frozenset({Role.STAFF})), PageArgs(first=3)

    (page,) = await platform.questions.list_studio_questions([asked[0].studio.key], query, args, ask)
    after = PageArgs(first=3, after=page.end)
    (rest,) = await platform.questions.list_studio_questions([asked[0].studio.key], query, after, ask)

    assert [q.key for q in (*page.nodes, *rest.nodes)] == [q.id for q in mine[-5:]]
    assert page.nodes[0].changed_at == since


async def test_own_questions_are_the_askers_alone(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking
) -> None:
    """One's own list has the private and anonymous ones too; another's is empty, and not even asked for."""
    one, other = (person.user_id or "" for person in world.citizens[:2])
    args = PageArgs(first=100, with_total=True)

    mine, theirs = await platform.questions.list_own_questions([one, other], QuestionQuery(), args, asking(one))
    filtered, everything = await platform.questions.list_questions(
        [QuestionQuery(own=True), QuestionQuery(own=True, waiting=True)], args, asking(one)
    )
    (nobodys,) = await platform.questions.list_questions([QuestionQuery(own=True)], args, asking())

    expected = newest_first([q for q in asked if q.asker.user_id == one])
    assert [q.key for q in mine.nodes] == [q.key for q in filtered.nodes] == expected
    assert {q.key for q in everything.nodes} <= set(expected)
    assert (theirs.nodes, theirs.total, nobodys.nodes) == ((), 0, ())
    assert f"{one}%2C{other}" not in str(platform.requests[0].url)


async def test_staff_read_anybodys_questions(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking
) -> None:
    """A committee's office finds what one account asked, and what one member was asked."""
    account, member = world.citizens[3].user_id or "", world.studios[0].members[0]
    ask, args = asking(roles=frozenset({Role.STAFF})), PageArgs(first=100, with_total=True)

    (own,) = await platform.questions.list_own_questions([account], QuestionQuery(), args, ask)
    (put,) = await platform.questions.list_questions([QuestionQuery(addressee_key=member.key)], args, ask)

    assert own.total == sum(q.asker.user_id == account for q in asked)
    assert [q.key for q in put.nodes] == newest_first([q for q in asked if q.addressee is member])


async def test_rows_of_lists_leave_the_history_out(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """It is read by key; the rest of the row is the same."""
    args = PageArgs(first=3)
    (page,) = await platform.questions.list_studio_questions([world.studios[0].key], QuestionQuery(), args, asking())

    (whole,) = await platform.questions.load_questions([page.nodes[0].key], asking())

    assert whole.history[0].status is S.SUBMITTED
    assert whole.history[-1].status is whole.status
    times = [step.at for step in whole.history]
    assert times == sorted(times)
    assert whole.asked_at == times[0]


async def test_the_search_finds_published_questions_only(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Best first, then newest; titles count more than texts; what nobody wrote finds nothing."""
    args = PageArgs(first=100, with_total=True)
    public = {q.id for q in asked if q.public}

    loans, text, nothing, empty = await platform.questions.list_found_questions(
        ["二手车过户", "保存检测报告 天花板", "量子计算机", ""], args, asking(roles=frozenset({Role.STAFF}))
    )

    assert loans.total > 0
    assert {q.key for q in loans.nodes} <= public
    assert all("二手车" in q.title for q in loans.nodes[:5])
    scores = [row.score for row in loans.edges]
    assert scores == sorted(scores, reverse=True)
    assert (nothing.nodes, nothing.total, empty.total) == ((), 0, 0)
    assert all("天花板" in q.body for q in text.nodes[:3])


async def test_the_search_is_paged(platform: SimpleNamespace, asking: Asking) -> None:
    """Pages go on where the last ended."""
    (whole,) = await platform.questions.list_found_questions(["怎么办"], PageArgs(first=40), asking())
    found: list[Any] = []
    after = None
    while len(found) < 40:
        (page,) = await platform.questions.list_found_questions(["怎么办"], PageArgs(first=7, after=after), asking())
        found += page.nodes
        after = page.end

    assert [q.key for q in found[:40]] == [q.key for q in whole.nodes]


@pytest.mark.parametrize("after", ["zzz", "a+b", "WyJYIiwxLCJ5Il0"])
async def test_what_is_no_cursor_is_told_as_such(platform: SimpleNamespace, asking: Asking, after: str) -> None:
    """In every list and in the search."""
    page = PageArgs(first=5, after=after)
    questions = platform.questions

    answers = [
        *await questions.list_questions([QuestionQuery()], page, asking()),
        *await questions.list_member_questions(["M1"], QuestionQuery(), page, asking()),
        *await questions.list_own_questions(["u1"], QuestionQuery(), page, asking("u1")),
        *await questions.list_found_questions(["医保"], page, asking()),
    ]

    assert {type(answer) for answer in answers} == {BadCursorError}


async def test_a_search_of_too_many_words_is_refused(platform: SimpleNamespace, asking: Asking) -> None:
    """Two hundred characters are enough."""
    (answer,) = await platform.questions.list_found_questions(["医保" * 101], PageArgs(first=1), asking())

    assert type(answer) is RejectedInputError
