"""Joining reading groups and writing in them (contract/reading.yaml)."""

from types import SimpleNamespace

import pytest

from connectors.errors import NotAllowedError, NotFoundError, RejectedInputError, WriteIdReusedError
from connectors.records.page import PageArgs
from connectors.records.reading_group import ReadingGroupQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask, Viewer
from tests.connectors.duty.forum_stack import asking

ID = "write-0123456789ab"
ALL = PageArgs(first=100, with_total=True)


@pytest.fixture
def group(world: World) -> str:
    """A group of another committee than the member's."""
    return f"RG{world.committees[4].region_code}00"


async def test_who_joined_writes(forum: SimpleNamespace, group: str, world: World, as_member: Ask) -> None:
    """Before, it is refused; after, the post stands first and the group counts both."""
    [before] = await forum.groups.load_reading_groups([group], as_member)
    with pytest.raises(NotAllowedError):
        await forum.reading_desk.post_in_reading_group(group, "先说一句", f"{ID}-0", as_member)

    joined = await forum.reading_desk.join_reading_group(group, f"{ID}-1", as_member)
    post = await forum.reading_desk.post_in_reading_group(group, " 读完第一章。 ", f"{ID}-2", as_member)

    [page] = await forum.groups.list_group_posts([group], PageArgs(first=1, with_total=True), as_member)
    query = ReadingGroupQuery(member_key=world.members[0].key)
    [mine] = await forum.groups.list_reading_groups([query], ALL, as_member)
    assert joined.member_count == before.member_count + 1
    assert (page.nodes, page.total) == ((post,), before.post_count + 1)
    assert (post.body, post.author.name) == ("读完第一章。", world.members[0].person.name)
    assert group in {each.key for each in mine.nodes}


async def test_joining_twice_is_joining(forum: SimpleNamespace, group: str, as_member: Ask) -> None:
    """The same write answers the same, another one changes nothing more."""
    first = await forum.reading_desk.join_reading_group(group, ID, as_member)
    again = await forum.reading_desk.join_reading_group(group, ID, as_member)
    other = await forum.reading_desk.join_reading_group(group, f"{ID}-2", as_member)

    assert first == again == other
    with pytest.raises(WriteIdReusedError):
        await forum.reading_desk.join_reading_group(f"{group[:-1]}1", ID, as_member)


async def test_who_and_what_is_refused(
    forum: SimpleNamespace, sandbox: SandboxApp, group: str, as_citizen: Ask, as_member: Ask
) -> None:
    """Citizens are refused uncalled, members nobody knows by the platform; so are groups and words that are none."""
    with pytest.raises(NotAllowedError):
        await forum.reading_desk.join_reading_group(group, ID, as_citizen)
    assert sandbox.calls.total() == 0
    with pytest.raises(NotAllowedError):
        await forum.reading_desk.join_reading_group(group, ID, asking(Viewer(member_key="M0")))
    for key in ("RG0", "a,b"):
        with pytest.raises(NotFoundError):
            await forum.reading_desk.join_reading_group(key, ID, as_member)
    await forum.reading_desk.join_reading_group(group, ID, as_member)
    for body in ("", "  ", "长" * 2001):
        with pytest.raises(RejectedInputError):
            await forum.reading_desk.post_in_reading_group(group, body, f"{ID}-2", as_member)
