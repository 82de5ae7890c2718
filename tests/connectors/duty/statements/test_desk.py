"""Posting, liking and moderating statements (contract/statements.yaml)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    RejectedInputError,
    WriteIdReusedError,
)
from connectors.records.page import PageArgs
from connectors.records.question import PublicPerson
from connectors.records.statement import StatementDraft, StatementState
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Viewer
from tests.connectors.duty.forum_stack import asking

ID = "write-0123456789ab"
OTHER_ID, THIRD_ID = f"{ID}-2", f"{ID}-3"
ALL = PageArgs(first=100, with_total=True)


@pytest.fixture
def room(world: World) -> str:
    """An open deliberation."""
    return f"DL{world.committees[0].region_code}005"


async def test_a_members_statement_is_there_at_once(
    forum: SimpleNamespace, room: str, world: World, as_member: Ask
) -> None:
    """It stands first in the list, by the member's name, and whoever follows the deliberation sees it."""
    page = PageArgs(first=1, with_total=True)
    [before] = await forum.deliberations.load_deliberations([room], as_member)

    posted = await forum.statement_desk.post_statement(
        StatementDraft(deliberation_key=room, body=" 支持。\n", display_name="*某"), ID, as_member
    )

    [newest] = await forum.statements.list_deliberation_statements([room], page, as_member)
    [changes] = await forum.statements.list_statement_changes([room], world.today, PageArgs(first=5), as_member)
    member = world.members[0]
    assert (posted.state, posted.body, posted.likes) == (StatementState.PUBLISHED, "支持。", 0)
    assert (posted.author.key, posted.author.name) == (member.key, member.person.name)
    assert newest.nodes == (posted,)
    assert newest.total == before.statement_count + 1
    assert changes.nodes[-1:] == (posted,)


async def test_a_citizens_statement_waits_for_moderation(
    forum: SimpleNamespace, room: str, as_citizen: Ask, as_staff: Ask
) -> None:
    """Nobody finds it until staff publish it; then it is changed now, though posted before."""
    draft = StatementDraft(deliberation_key=room, body="站台太远。", display_name="*大友")
    waiting = await forum.statement_desk.post_statement(draft, ID, as_citizen)
    [unseen] = await forum.statements.load_statements([waiting.key], as_citizen)

    shown = await forum.statement_desk.moderate_statement(waiting.key, OTHER_ID, as_staff, publish=True)

    [newest] = await forum.statements.list_deliberation_statements([room], PageArgs(first=1), as_citizen)
    assert (waiting.state, waiting.author, unseen) == (StatementState.WAITING, PublicPerson(name="*大友"), None)
    assert newest.nodes == (shown,)
    assert (shown.posted_at, shown.state) == (waiting.posted_at, StatementState.PUBLISHED)
    assert shown.changed_at > waiting.changed_at


async def test_a_citizen_who_wants_no_name_has_none(forum: SimpleNamespace, room: str, as_citizen: Ask) -> None:
    """Nothing of the account is told with the statement."""
    posted = await forum.statement_desk.post_statement(
        StatementDraft(deliberation_key=room, body="匿名建议"), ID, as_citizen
    )

    assert posted.author is None
    assert as_citizen.viewer.accounts["zheliban"] not in repr(posted)


async def test_taking_down_is_told_as_a_change(
    forum: SimpleNamespace, room: str, world: World, as_member: Ask, as_staff: Ask
) -> None:
    """A published one that staff take down is unknown by key; followers learn that it went."""
    posted = await forum.statement_desk.post_statement(
        StatementDraft(deliberation_key=room, body="说错了"), ID, as_member
    )

    gone = await forum.statement_desk.moderate_statement(posted.key, OTHER_ID, as_staff, publish=False)

    [changes] = await forum.statements.list_statement_changes([room], world.today, PageArgs(first=5), as_member)
    assert (gone.body, gone.author) == ("", None)
    assert gone.withdrawn_at == gone.changed_at
    assert changes.nodes[-1:] == (gone,)
    assert await forum.statements.load_statements([posted.key], as_member) == [None]


async def test_moderation_follows_its_states(
    forum: SimpleNamespace, room: str, as_citizen: Ask, as_staff: Ask, as_member: Ask
) -> None:
    """A refused one stays so, and the error names what is allowed; only staff moderate."""
    posted = await forum.statement_desk.post_statement(
        StatementDraft(deliberation_key=room, body="广告"), ID, as_citizen
    )
    await forum.statement_desk.moderate_statement(posted.key, OTHER_ID, as_staff, publish=False)

    with pytest.raises(ForbiddenMoveError) as moved:
        await forum.statement_desk.moderate_statement(posted.key, THIRD_ID, as_staff, publish=True)
    with pytest.raises(NotAllowedError):
        await forum.statement_desk.moderate_statement(posted.key, THIRD_ID, as_member, publish=True)

    assert moved.value.allowed == ()


async def test_likes_count_people(
    forum: SimpleNamespace, room: str, world: World, as_member: Ask, as_citizen: Ask
) -> None:
    """Liking twice, or as a member and as a citizen, counts once; liking no more takes it back."""
    [page] = await forum.statements.list_deliberation_statements([room], PageArgs(first=1), as_member)
    key, before = page.nodes[0].key, page.nodes[0].likes
    account = world.members[0].person.user_id or ""
    same_person = asking(Viewer(accounts={"zheliban": account}))
    like = forum.statement_desk.like_statement

    counted = [
        (await like(key, f"{ID}-{at}", ask, liked=liked)).likes - before
        for at, (ask, liked) in enumerate(
            [(as_member, True), (as_member, True), (same_person, True), (as_citizen, True), (same_person, False)]
        )
    ]

    assert counted == [1, 1, 1, 2, 1]


async def test_a_write_happens_once(forum: SimpleNamespace, room: str, as_member: Ask) -> None:
    """The same id and words answer the same statement; with other words the id is refused."""
    draft = StatementDraft(deliberation_key=room, body="同意")
    page = PageArgs(first=1, with_total=True)

    first = await forum.statement_desk.post_statement(draft, ID, as_member)
    again = await forum.statement_desk.post_statement(draft, ID, as_member)
    with pytest.raises(WriteIdReusedError):
        await forum.statement_desk.post_statement(StatementDraft(deliberation_key=room, body="不同意"), ID, as_member)

    [counted] = await forum.statements.list_deliberation_statements([room], page, as_member)
    assert again == first
    assert counted.total == 436


async def test_an_answer_that_is_lost_leaves_it_open(
    forum: SimpleNamespace, sandbox: SandboxApp, room: str, as_member: Ask
) -> None:
    """Sent, and the answer cut off: nobody knows; sent again with its id it is the one statement."""
    draft = StatementDraft(deliberation_key=room, body="听得见吗")
    sandbox.faults.put(Fault(FaultKind.TRUNCATED, "statements.post"))
    with pytest.raises(OutcomeUnknownError):
        await forum.statement_desk.post_statement(draft, ID, as_member)
    sandbox.faults.clear()

    posted = await forum.statement_desk.post_statement(draft, ID, as_member)

    page = PageArgs(first=1, with_total=True)
    [counted] = await forum.statements.list_deliberation_statements([room], page, as_member)
    assert counted.nodes == (posted,)
    assert counted.total == 436


async def test_who_may_not_speak(forum: SimpleNamespace, sandbox: SandboxApp, room: str, as_staff: Ask) -> None:
    """Somebody who is neither member nor citizen is refused uncalled; an account nobody has by the platform."""
    draft = StatementDraft(deliberation_key=room, body="你好")
    stranger = asking(Viewer(roles=frozenset({Role.CITIZEN}), accounts={"zheliban": "nobody"}))

    with pytest.raises(NotAllowedError):
        await forum.statement_desk.post_statement(draft, ID, as_staff)
    assert sandbox.calls["statements.post"] == 0
    with pytest.raises(NotAllowedError):
        await forum.statement_desk.post_statement(draft, ID, stranger)


async def test_what_cannot_be_said(forum: SimpleNamespace, room: str, world: World, as_member: Ask) -> None:
    """Nothing but blanks, too much, into nowhere, or where it is closed: each has its own error; no id is used up."""
    scheduled = f"DL{world.committees[0].region_code}001"
    refused = {
        (room, " \n"): RejectedInputError,
        (room, "长" * 2001): RejectedInputError,
        ("DL0", "你好"): NotFoundError,
        ("DL1,DL2", "你好"): NotFoundError,
        (scheduled, "太早"): ForbiddenMoveError,
    }
    for (key, body), error in refused.items():
        with pytest.raises(error):
            await forum.statement_desk.post_statement(StatementDraft(deliberation_key=key, body=body), ID, as_member)

    posted = await forum.statement_desk.post_statement(
        StatementDraft(deliberation_key=room, body="现在可以了"), ID, as_member
    )

    assert posted.posted_at - world.today < timedelta(minutes=1)


async def test_an_answer_in_no_form_we_know_may_have_been_done(
    forum_over: Callable[..., SimpleNamespace], as_member: Ask
) -> None:
    """A write's answer that is no row says nothing of what happened: it is not said to have failed."""
    forum = forum_over(lambda _: httpx.Response(200, json=[]))

    with pytest.raises(OutcomeUnknownError):
        await forum.statement_desk.post_statement(StatementDraft(deliberation_key="DL1", body="你好"), ID, as_member)


async def test_what_a_member_posts_stands_in_their_list_until_it_is_taken_down(
    settings: DutySettings,
    sandbox: SandboxApp,
    connected_forum: Callable[..., SimpleNamespace],
    world: World,
    as_member: Ask,
    as_staff: Ask,
) -> None:
    """Another committee's room too; with its last statement the room goes from the member's."""
    member, room = world.members[0].key, f"DL{world.committees[1].region_code}005"
    draft = StatementDraft(deliberation_key=room, body="支持。")

    async def listed() -> tuple[set[str], set[str]]:
        fresh = connected_forum(settings, httpx.ASGITransport(sandbox))
        [said] = await fresh.statements.list_member_statements([member], ALL, as_member)
        [rooms] = await fresh.deliberations.list_member_deliberations([member], ALL, as_member)
        return {each.key for each in said.nodes}, {each.key for each in rooms.nodes}

    desk = connected_forum(settings, httpx.ASGITransport(sandbox)).statement_desk
    before = await listed()
    posted = await desk.post_statement(draft, ID, as_member)
    shown = await listed()
    await desk.moderate_statement(posted.key, OTHER_ID, as_staff, publish=False)

    assert (shown[0] - before[0], shown[1] - before[1]) == ({posted.key}, {room})
    assert await listed() == before
