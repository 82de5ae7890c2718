"""Who is on duty when: order, spans, limits."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest

from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.errors import RangeTooWideError, RejectedInputError
from connectors.records.shift import DutyShift, Span
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import Scale, World
from connectors.viewer import Ask

MONTH = Span(start=datetime(2026, 11, 1, tzinfo=CHINA), end=datetime(2026, 12, 1, tzinfo=CHINA))


async def test_a_region_includes_what_lies_in_it(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """The city's shifts are those of its studios and its counties', by start; one call for all regions."""
    city, county, nowhere = await duty.shifts.list_region_shifts(["331000", "331002", "110000"], MONTH, ask)

    regions = {studio.key: studio.committee.region_code for studio in world.studios}
    assert {regions[shift.studio.key] for shift in city} == set(regions.values())
    assert {regions[shift.studio.key] for shift in county} == {"331002"}
    assert set(county) <= set(city)
    assert nowhere == ()
    assert [shift.starts_at for shift in city] == sorted(shift.starts_at for shift in city)
    assert sandbox.calls["regions.shifts"] == 1


async def test_a_span_takes_what_touches_it(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """A shift under way counts at both ends; one that ends as the span starts does not."""
    key = world.studios[0].key
    [[shift, *_]] = await duty.shifts.list_studio_shifts([key], MONTH, ask)
    minute = timedelta(minutes=1)

    async def seen(start: datetime, end: datetime) -> bool:
        [shifts] = await duty.shifts.list_studio_shifts([key], Span(start=start, end=end), ask)
        return shift in shifts

    assert await seen(shift.ends_at - minute, shift.ends_at + minute)
    assert await seen(shift.starts_at - minute, shift.starts_at + minute)
    assert await seen(shift.starts_at + minute, shift.ends_at - minute)
    assert not await seen(shift.ends_at, shift.ends_at + minute)
    assert not await seen(shift.starts_at - minute, shift.starts_at)


async def test_a_members_shifts_are_those_of_all_their_studios(
    duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask
) -> None:
    """Each shift of the place stands with the member on duty, and with nobody else; one call for all members."""
    [everyones] = await duty.shifts.list_region_shifts(["331002"], MONTH, ask)
    members = list(dict.fromkeys(shift.member.key for shift in everyones))

    *lists, nobody = await duty.shifts.list_member_shifts([*members, "M0"], MONTH, ask)

    assert nobody == ()
    for key, shifts in zip(members, lists, strict=True):
        assert {shift.member.key for shift in shifts} == {key}
        assert [shift.starts_at for shift in shifts] == sorted(shift.starts_at for shift in shifts)
    assert set(everyones) <= {shift for shifts in lists for shift in shifts}
    assert sandbox.calls["members.shifts"] == 1


async def test_a_shift_by_key(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """A list's shift and the one read by key are the same; unknown ones are absent."""
    [[listed, *_]] = await duty.shifts.list_studio_shifts([world.studios[5].key], MONTH, ask)

    none, shift = await duty.shifts.load_shifts(["D0", listed.key], ask)

    assert none is None
    assert isinstance(shift, DutyShift)
    assert shift == listed
    assert (shift.studio.name, shift.studio.category) == (world.studios[5].name, world.studios[5].category)
    assert shift.member.key in {member.key for member in world.studios[5].members}
    assert shift.starts_at.utcoffset() == timedelta(hours=8)


@pytest.fixture(scope="module")
def province() -> World:
    """A province's world, made once."""
    return build_world(scale=Scale.PROVINCE, today=MONTH.start)


@pytest.fixture(scope="module")
def province_platform(province: World) -> SandboxApp:
    """Its platform; takes seconds to make, and is read only."""
    return build_sandbox(DutySettings(timeout_ms=30_000).with_sandbox(), province)


@pytest.mark.parametrize(("days", "code"), [(32, "RANGE_TOO_WIDE"), (0, "INVALID_RANGE"), (-1, "INVALID_RANGE")])
async def test_spans_nobody_answers(days: int, code: str, duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """A span the platform would refuse for any key is refused here, without a call."""
    span = Span(start=MONTH.start, end=MONTH.start + timedelta(days=days))

    entries = await duty.shifts.list_region_shifts(["331000", "331002"], span, ask)

    assert [isinstance(entry, RejectedInputError) and entry.upstream_code for entry in entries] == [code] * 2
    assert sandbox.calls.total() == 0


async def test_too_many_shifts_cost_only_the_key_that_has_them(
    province: World,
    province_platform: SandboxApp,
    settings: DutySettings,
    connected: Callable[..., SimpleNamespace],
    ask: Ask,
) -> None:
    """In a province's month one city may be too wide: it says so, and the counties beside it are answered."""
    studios = Counter(studio.committee.region_code for studio in province.studios)
    county = next(code for code in studios if not code.endswith("00"))
    province_platform.calls.clear()
    duty = connected(settings, httpx.ASGITransport(province_platform))

    whole, part = await duty.shifts.list_region_shifts(["330000", county], MONTH, ask)

    assert type(whole) is RangeTooWideError
    assert whole.upstream_code == "RANGE_TOO_WIDE"
    assert len(part) >= 4 * studios[county]
    assert province_platform.calls["regions.shifts"] == 3


async def test_many_studios_are_asked_in_halves(
    province: World,
    province_platform: SandboxApp,
    settings: DutySettings,
    connected: Callable[..., SimpleNamespace],
    ask: Ask,
) -> None:
    """When a hundred studios together have too many rows, halves of them have not."""
    province_platform.calls.clear()
    duty = connected(settings, httpx.ASGITransport(province_platform))
    keys = [studio.key for studio in province.studios[:100]]
    month = Span(start=datetime(2026, 10, 1, tzinfo=CHINA), end=datetime(2026, 11, 1, tzinfo=CHINA))

    lists = await duty.shifts.list_studio_shifts(keys, month, ask)

    assert all(
        shifts and {shift.studio.key for shift in shifts} == {key} for key, shifts in zip(keys, lists, strict=True)
    )
    assert sum(map(len, lists)) > 500
    assert province_platform.calls["studios.shifts"] == 3
