"""Calls are signed and by the platform's clock; what cannot be asked is not."""

from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest

from connectors.command.settings import CommandSettings
from connectors.errors import (
    BadCursorError,
    NotConfiguredError,
    RefusedSignatureError,
    RejectedInputError,
    UnexpectedAnswerError,
)
from connectors.records.grid import Grid, GridQuery
from connectors.records.page import Page, PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.viewer import Ask

Connected = Callable[..., SimpleNamespace]
GRID = "G3310820001"
PAGE = PageArgs(first=3)


async def test_a_clock_that_is_off_is_corrected(command: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """The platform is two minutes ahead: refused once, then signed by its time."""
    clock = sandbox._clock
    clock.ahead = 120  # type: ignore[attr-defined]  # the fixture's

    [first] = await command.grids.load_grids([GRID], ask)
    [second] = await command.grids.load_grids(["G3310820002"], ask)

    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert sandbox.calls["grids"] == 3


@pytest.mark.parametrize("wrong", ["access_key", "secret_key", "component"])
async def test_wrong_credentials_are_told(
    wrong: str, settings: CommandSettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """They are ours to mend: no other error says so."""
    changed = CommandSettings.model_validate(settings.model_dump() | {wrong: "IC33other"})

    [answer] = await connected(changed, httpx.ASGITransport(sandbox)).grids.load_grids([GRID], ask)

    assert isinstance(answer, RefusedSignatureError)


async def test_without_credentials_nobody_is_called(connected: Connected, sandbox: SandboxApp, ask: Ask) -> None:
    """Every read says that it is not set up."""
    bare = connected(CommandSettings(), httpx.ASGITransport(sandbox))

    [answer] = await bare.grids.load_grids([GRID], ask)

    assert isinstance(answer, NotConfiguredError)
    assert bare.requests == []


async def test_what_cannot_be_signed_is_not_sent(command: SimpleNamespace, ask: Ask) -> None:
    """A ``+`` in a name is signed by some clients in one way and by some in another."""
    [answer] = await command.grids.list_grids([GridQuery(text="a+b")], PAGE, ask)

    assert isinstance(answer, RejectedInputError)
    assert command.requests == []


async def test_a_strange_cursor_is_refused(command: SimpleNamespace, ask: Ask) -> None:
    """One of no form is not sent; one of another list the platform refuses."""
    [page] = await command.alerts.list_grid_alerts([GRID], PAGE, ask)
    strange = PageArgs(first=1, after="no cursor!")
    others = PageArgs(first=1, after=page.end)

    [unsent] = await command.grids.list_grids([GridQuery()], strange, ask)
    [refused] = await command.grids.list_grids([GridQuery()], others, ask)

    assert isinstance(unsent, BadCursorError)
    assert isinstance(refused, BadCursorError)


async def test_pages_follow_one_another(command: SimpleNamespace, ask: Ask) -> None:
    """Every grid of a county once, in pages of seven."""
    keys: list[str] = []
    after, more = None, True
    while more:
        [page] = await command.grids.list_grids([GridQuery(region_key="331082")], PageArgs(first=7, after=after), ask)
        assert isinstance(page, Page)
        keys += [grid.key for grid in page.nodes]
        after, more = page.end, page.has_next

    assert len(keys) == len(set(keys)) == 20


async def test_what_drifted_costs_the_field(settings: CommandSettings, connected: Connected, ask: Ask) -> None:
    """A count that became a text is the error in its place; the rest of the row is there."""
    row = {"id": GRID, "name": "一", "regionCode": "331082", "town": "镇", "village": "村"}
    answer = {"items": [row | {"householdCount": "many", "residentCount": 2, "workerCount": 1}]}
    ill = connected(settings, httpx.MockTransport(lambda _: httpx.Response(200, json=answer)))

    [grid] = await ill.grids.load_grids([GRID], ask)

    assert (grid.name, grid.resident_count) == ("一", 2)
    assert isinstance(grid.household_count, UnexpectedAnswerError)
