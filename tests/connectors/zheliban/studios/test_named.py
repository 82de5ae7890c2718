"""Pages of questions that somebody names by key."""

from collections.abc import Callable
from types import SimpleNamespace

from connectors.errors import BadCursorError, PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]


def keys_of(page: Page[Question] | PlatformError) -> list[str]:
    """The questions of a page."""
    assert isinstance(page, Page)
    return [question.key for question in page.nodes]


async def test_all_that_is_named_is_one_call(
    platform: SimpleNamespace, sandbox: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Each tuple has its page, in its own order; what nobody knows has no row; nothing named asks nothing."""
    one, two, three = [question.id for question in asked if question.public][:3]
    sandbox.calls.clear()

    pages = await platform.questions.list_named_questions(
        [(three, one), ("Q9999999", two, one), ()], PageArgs(first=5, with_total=True), asking()
    )
    calls = sandbox.calls["questions"]
    nothing = await platform.questions.list_named_questions([()], PageArgs(first=5), asking())

    assert [keys_of(page) for page in pages] == [[three, one], [two, one], []]
    assert [page.total for page in pages] == [2, 2, 0]
    assert keys_of(nothing[0]) == []
    assert calls == sandbox.calls["questions"] == 1


async def test_private_ones_are_their_peoples_only(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Others neither see nor count them."""
    private = next(question.id for question in asked if not question.public)
    page = PageArgs(first=5, with_total=True)

    [for_anyone] = await platform.questions.list_named_questions([(private,)], page, asking())
    [for_staff] = await platform.questions.list_named_questions(
        [(private,)], page, asking(roles=frozenset({Role.STAFF}))
    )

    assert (keys_of(for_anyone), for_anyone.total) == ([], 0)
    assert (keys_of(for_staff), for_staff.total) == ([private], 1)


async def test_a_page_goes_on_behind_a_cursor(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """As far as there are any; a cursor that is none of these is refused."""
    named = tuple(question.id for question in asked if question.public)[:3]

    [first] = await platform.questions.list_named_questions([named], PageArgs(first=2), asking())
    [rest] = await platform.questions.list_named_questions([named], PageArgs(first=2, after=first.end), asking())
    [bad] = await platform.questions.list_named_questions([named], PageArgs(first=2, after="Q0"), asking())

    assert (keys_of(first), first.has_next) == (list(named[:2]), True)
    assert (keys_of(rest), rest.has_next) == ([named[2]], False)
    assert isinstance(bad, BadCursorError)


async def test_a_hidden_question_s_key_is_no_cursor(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Trying keys as cursors tells nobody which private questions are named; who sees one goes on behind it."""
    private = next(question.id for question in asked if not question.public)
    public = next(question.id for question in asked if question.public)
    behind = PageArgs(first=5, after=private)

    [tried] = await platform.questions.list_named_questions([(private, public)], behind, asking())
    [unknown] = await platform.questions.list_named_questions([(public,)], behind, asking())
    [seen] = await platform.questions.list_named_questions(
        [(private, public)], behind, asking(roles=frozenset({Role.STAFF}))
    )

    assert isinstance(tried, BadCursorError)
    assert isinstance(unknown, BadCursorError)
    assert keys_of(seen) == [public]


async def test_an_ill_platform_is_each_pages_error(
    fresh: SimpleNamespace, asked: list[AskedQuestion], asking: Asking
) -> None:
    """The whole page, not a row for each question."""
    named = tuple(question.id for question in asked if question.public)[:2]
    fresh.app.faults.put(Fault(FaultKind.HTTP500, "questions"))

    [page] = await fresh.questions.list_named_questions([named], PageArgs(first=2), asking())

    assert isinstance(page, PlatformError)
