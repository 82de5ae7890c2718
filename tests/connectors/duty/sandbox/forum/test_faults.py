"""The platform ill while it is talked about: drift costs fields, a write under any fault is never said to be undone."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.errors import OutcomeUnknownError, PlatformError, RefusedSignatureError
from connectors.records.article import ArticleQuery
from connectors.records.deliberation import DeliberationQuery
from connectors.records.page import Page, PageArgs
from connectors.records.reading_group import ReadingGroupQuery, StudyMaterialQuery
from connectors.records.search import SearchKind, SearchQuery
from connectors.records.statement import StatementDraft
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask

ROOM, GROUP, ID = "DL331000005", "RG33100000", "write-0123456789ab"
PAGE = PageArgs(first=5, with_total=True)
DRAFT = StatementDraft(deliberation_key=ROOM, body="听得见吗")
LISTS: dict[str, Callable[[SimpleNamespace, Ask], Any]] = {
    "deliberations": lambda f, ask: f.deliberations.list_deliberations([DeliberationQuery()], PAGE, ask),
    "sub_topics": lambda f, ask: f.deliberations.list_sub_deliberations(["DL331000100"], PAGE, ask),
    "statements": lambda f, ask: f.statements.list_deliberation_statements([ROOM], PAGE, ask),
    "articles": lambda f, ask: f.articles.list_published_articles([ArticleQuery()], PAGE, ask),
    "groups": lambda f, ask: f.groups.list_reading_groups([ReadingGroupQuery()], PAGE, ask),
    "posts": lambda f, ask: f.groups.list_group_posts([GROUP], PAGE, ask),
    "materials": lambda f, ask: f.materials.list_study_materials([StudyMaterialQuery()], PAGE, ask),
    "search": lambda f, ask: f.search.list_search_hits([SearchQuery(text="王", kinds=tuple(SearchKind))], PAGE, ask),
}
UNKNOWN = (
    FaultKind.REFUSE,
    FaultKind.RESET,
    FaultKind.HTTP500,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.FAILURE_ENVELOPE,
)


def broken_in(record: Any) -> set[str]:
    """The fields of a record that hold an error."""
    return {name for name in record.__struct_fields__ if isinstance(getattr(record, name), PlatformError)}


@pytest.mark.parametrize("name", LISTS)
async def test_drift_costs_fields_and_no_list(name: str, forum: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """Every row is still there, in its order, with errors in the fields that cannot be read and all others whole."""
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT, None))
    [drifted] = await LISTS[name](forum, ask)
    sandbox.faults.clear()

    assert isinstance(drifted, Page)
    assert len(drifted.nodes) == 5
    for node in drifted.nodes:
        assert not isinstance(node, PlatformError)
        assert broken_in(node)
        assert broken_in(node) < set(node.__struct_fields__)
        assert len({type(getattr(node, field)) for field in broken_in(node)}) == 1


async def test_nothing_of_drift_is_kept(
    settings: DutySettings, sandbox: SandboxApp, connected_forum: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """By key, too, drift costs fields; a record read afterwards is whole."""
    forum = connected_forum(settings, httpx.ASGITransport(sandbox))
    later = connected_forum(settings, httpx.ASGITransport(sandbox))
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT, None))
    [drifted, unknown] = await forum.deliberations.load_deliberations([ROOM, "DL0"], ask)
    sandbox.faults.clear()

    [whole] = await later.deliberations.load_deliberations([ROOM], ask)

    broken = broken_in(drifted)
    assert broken
    assert unknown is None
    assert broken_in(whole) == set()
    for name in set(whole.__struct_fields__) - broken - {"organization", "video_room", "outcome"}:
        assert getattr(drifted, name) == getattr(whole, name)


@pytest.mark.parametrize("kind", UNKNOWN)
async def test_a_write_that_may_have_been_done_is_not_denied(
    kind: FaultKind, forum: SimpleNamespace, sandbox: SandboxApp, world: World, as_member: Ask
) -> None:
    """Whatever kept the answer away; sent again with its id there is one statement, not two."""
    [before] = await forum.statements.list_statement_changes(
        [ROOM], world.today - timedelta(hours=12), PageArgs(first=1, with_total=True), as_member
    )
    sandbox.faults.put(Fault(kind, "statements.post"))
    with pytest.raises(OutcomeUnknownError):
        await forum.statement_desk.post_statement(DRAFT, ID, as_member)
    sandbox.faults.clear()

    posted = await forum.statement_desk.post_statement(DRAFT, ID, as_member)

    [after] = await forum.statements.list_statement_changes(
        [ROOM], world.today - timedelta(hours=12), PageArgs(first=100, with_total=True), as_member
    )
    assert after.total == before.total + 1
    assert after.nodes[-1] == posted


async def test_a_write_that_hangs(
    settings: DutySettings, sandbox: SandboxApp, connected_forum: Callable[..., SimpleNamespace], as_member: Ask
) -> None:
    """No answer before the deadline: nobody knows."""
    hasty = connected_forum(settings.model_copy(update={"timeout_ms": 100}), httpx.ASGITransport(sandbox))
    await hasty.deliberations.load_deliberations([ROOM], as_member)
    sandbox.faults.put(Fault(FaultKind.HANG, "statements.post"))

    with pytest.raises(OutcomeUnknownError):
        await hasty.statement_desk.post_statement(DRAFT, ID, as_member)


async def test_a_write_with_tokens_that_never_hold(forum: SimpleNamespace, sandbox: SandboxApp, as_member: Ask) -> None:
    """A refused call has done nothing: the error says that the gateway is not let in."""
    sandbox.faults.put(Fault(FaultKind.EXPIRED_TOKEN, "statements.post"))

    with pytest.raises(RefusedSignatureError):
        await forum.statement_desk.post_statement(DRAFT, ID, as_member)

    assert sandbox.calls["statements.post"] == 2


async def test_drift_of_a_writes_answer_costs_fields(
    forum: SimpleNamespace, sandbox: SandboxApp, as_member: Ask
) -> None:
    """It was done and says so; what cannot be read of it is an error in its field."""
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT, "statements.post"))

    posted = await forum.statement_desk.post_statement(DRAFT, ID, as_member)

    assert posted.key.startswith(ROOM)
    assert broken_in(posted)


async def test_slow_answers_come(forum: SimpleNamespace, sandbox: SandboxApp, world: World, as_member: Ask) -> None:
    """Late is not lost."""
    sandbox.faults.put(Fault(FaultKind.SLOW, "statements.post", 20))

    posted = await forum.statement_desk.post_statement(DRAFT, ID, as_member)

    assert posted.posted_at - world.today < timedelta(minutes=1)
