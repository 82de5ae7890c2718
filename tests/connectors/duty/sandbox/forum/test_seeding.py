"""What the sandbox holds from the start: the same every time, lively around today, whole at a province's scale."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest

from connectors.duty.sandbox import build_sandbox
from connectors.duty.sandbox.forum.agenda import talks_of
from connectors.duty.sandbox.forum.articles import articles_of
from connectors.duty.sandbox.forum.materials import materials_of
from connectors.duty.sandbox.forum.reading import groups_of
from connectors.duty.sandbox.forum.thread import thread_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.settings import DutySettings
from connectors.records.deliberation import DeliberationKind, DeliberationStatus
from connectors.records.page import PageArgs
from connectors.records.search import SearchKind, SearchQuery
from connectors.records.statement import StatementState
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import Scale, World
from connectors.viewer import Ask

TODAY = datetime(2026, 11, 22, 12, tzinfo=CHINA)


def told(world: World) -> list[object]:
    """All there is of one committee, as it is made."""
    committee, rolls = world.committees[2], Rolls(world)
    talks = list(talks_of(world, committee))
    members = rolls.members_of(committee)
    return [
        talks,
        [thread_of(world, talk, members).said for talk in talks],
        list(articles_of(world, committee)),
        [group.row() for group in groups_of(world, committee, members)],
        [material.row() for material in materials_of(world)],
    ]


def test_the_same_world_tells_the_same() -> None:
    """Made twice from one seed everything is equal; another seed tells something else."""
    first, again = told(build_world(today=TODAY)), told(build_world(today=TODAY))

    assert first == again
    assert told(build_world(seed=7, today=TODAY)) != first


def test_there_is_a_past_and_a_future_on_any_day() -> None:
    """Whatever day the world is made on: something is to come, something is open, something is over."""
    for days in (0, 40, 100):
        world = build_world(today=TODAY + timedelta(days=days))
        talks = [talk for committee in world.committees for talk in talks_of(world, committee)]

        assert {(talk.kind, talk.status) for talk in talks} == {
            (kind, status) for kind in DeliberationKind for status in DeliberationStatus
        }
        assert all(talk.opens_at < talk.closes_at for talk in talks)
        assert all(talk.changed_at <= world.today for talk in talks)
        assert len({talk.id for talk in talks}) == len(talks)


def test_nothing_is_said_before_it_opens_or_after_today(world: World) -> None:
    """Each statement lies between the opening and now; where it is open, some wait and one was refused."""
    committee = world.committees[1]
    members = Rolls(world).members_of(committee)
    for talk in talks_of(world, committee):
        said = list(thread_of(world, talk, members).said.values())

        end = min(world.today, talk.closes_at)
        assert all(talk.opens_at <= each.posted_at <= each.changed_at <= end for each in said)
        assert sum(each.shown for each in said) == talk.statements
        states = {each.state for each in said if each.withdrawn_at is None}
        opened = talk.status is DeliberationStatus.OPEN
        assert states == (set(StatementState) if opened else {StatementState.PUBLISHED} if said else set())


@pytest.mark.verify
async def test_a_province_consults_over_three_levels(
    settings: DutySettings, connected_forum: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """Its topic has seven parts, and every city and county has topics in them; a family name finds hundreds."""
    world = build_world(scale=Scale.PROVINCE, today=TODAY)
    forum = connected_forum(settings, httpx.ASGITransport(build_sandbox(settings, world)))
    page = PageArgs(first=100)

    [found] = await forum.search.list_search_hits([SearchQuery(text="王", kinds=tuple(SearchKind))], page, ask)
    [parts] = await forum.deliberations.list_sub_deliberations([f"DL{world.committees[0].region_code}100"], page, ask)
    topics = await forum.deliberations.list_sub_deliberations([part.key for part in parts.nodes], page, ask)

    assert len(found.nodes) == 100
    assert found.has_next
    assert len(parts.nodes) == 7
    assert {topic.organization.key for each in topics for topic in each.nodes} == {
        committee.code for committee in world.committees[1:]
    }
