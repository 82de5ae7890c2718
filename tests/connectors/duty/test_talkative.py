"""A platform that tells everybody what it should tell staff and one member only: nothing of it goes on.

Its answers are changed too, a value at a time: missing, null, of another type. What may be shown must then be the same
as an honest platform shows, or an error.
"""

import copy
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.cache import Cache
from connectors.duty import connect
from connectors.duty.settings import DutySettings
from connectors.errors import PlatformError
from connectors.memory import BoundedMemoryCache
from connectors.ports import (
    ActivitySource,
    AttendanceSource,
    DutyRecordRegistry,
    OpinionReportSource,
    ProposalSource,
    StatementSource,
)
from connectors.records.activity import ActivityQuery
from connectors.records.duty_record import DutyRecordQuery, DutyRecordStatus
from connectors.records.opinion_report import OpinionReportQuery, OpinionReportStatus
from connectors.records.page import Page, PageArgs
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import NOBODY, OTHER_PARTNER, PARTNER, as_member, as_official

PAGE = PageArgs(first=100)
PORTS = {
    "proposals": ProposalSource,
    "opinions": OpinionReportSource,
    "records": DutyRecordRegistry,
    "activities": ActivitySource,
    "attendances": AttendanceSource,
    "statements": StatementSource,
}
Change = Callable[[Any], None]


class Way(httpx.AsyncBaseTransport):
    """To the sandbox; with a ``victim`` every read is made as staff and that member, whoever asks."""

    def __init__(self, sandbox: SandboxApp, victim: str | None = None, change: Change | None = None) -> None:
        self._on = httpx.ASGITransport(sandbox)
        self._victim = victim
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one over."""
        if self._victim is not None and request.method == "GET":
            told = {name: value for name, value in request.url.params.items() if not name.startswith("viewer")}
            shown = {"viewerMemberId": self._victim, "viewerStaff": "true"}
            asked = httpx.URL(request.url, params={**told, **shown})
            tried = await self._sent(httpx.Request("GET", asked, headers=request.headers))
            if tried.status_code == 200:  # where everybody sees the same these are unknown parameters
                return tried
        return await self._sent(request)

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        answer = await self._on.handle_async_request(request)
        body = await answer.aread()
        if self._change is not None and request.method == "GET":
            told = json.loads(body)
            self._change(told)
            body = json.dumps(told).encode()
        return httpx.Response(answer.status_code, headers={"content-type": "application/json"}, content=body)


@pytest.fixture
async def over(settings: DutySettings, sandbox: SandboxApp) -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """The sources with an empty cache: ``over()`` an honest platform, ``over(victim, change)`` a talkative one."""
    opened = []

    def made(*how: Any) -> SimpleNamespace:
        client = httpx.AsyncClient(transport=Way(sandbox, *how), trust_env=False)
        opened.append(connect(settings, Cache(BoundedMemoryCache(10_000)), Transport("duty", client=client)))
        sources = opened[-1].sources
        return SimpleNamespace(
            **{name: next(one for one in sources if isinstance(one, port)) for name, port in PORTS.items()}
        )

    yield made
    for connection in opened:
        await connection.aclose()


@pytest.fixture
def askers(world: World) -> dict[str, Ask]:
    """Everybody who is neither staff nor the victim."""
    victim = world.members[0]
    colleague = next(m for m in world.members[1:] if m.committee is victim.committee)
    official = next(p for p in world.officials if "staff" not in p.roles and p.work)
    return {
        "nobody": NOBODY,
        "partner": PARTNER,
        "other partner": OTHER_PARTNER,
        "member": as_member(colleague),
        "official": as_official(official),
    }


async def proposals(duty: SimpleNamespace, ask: Ask, keys: Sequence[str]) -> dict[str, Any]:
    """By key and as a list."""
    pages = await duty.proposals.list_proposals([ProposalQuery()], PAGE, ask)
    return rows_of(pages) | by_key(keys, await duty.proposals.load_proposals(keys, ask))


async def opinions(duty: SimpleNamespace, ask: Ask, keys: Sequence[str]) -> dict[str, Any]:
    """By key and as a list."""
    pages = await duty.opinions.list_opinion_reports([OpinionReportQuery()], PAGE, ask)
    return rows_of(pages) | by_key(keys, await duty.opinions.load_opinion_reports(keys, ask))


async def records(duty: SimpleNamespace, ask: Ask, keys: Sequence[str]) -> dict[str, Any]:
    """By key."""
    return by_key(keys, await duty.records.load_duty_records(keys, ask))


async def attendances(duty: SimpleNamespace, ask: Ask, keys: Sequence[str]) -> dict[str, Any]:
    """By key."""
    return by_key(keys, await duty.attendances.load_attendances(keys, ask))


SUBJECTS = {"proposals": proposals, "opinions": opinions, "records": records, "attendances": attendances}


def rows_of(pages: Sequence[Page[Any] | PlatformError]) -> dict[str, Any]:
    """What pages show, by key; errors in rows' places show nothing."""
    shown = [page for page in pages if isinstance(page, Page)]
    return {node.key: node for page in shown for node in page.nodes if not isinstance(node, PlatformError)}


def by_key(keys: Sequence[str], found: Sequence[Any]) -> dict[str, Any]:
    """What was shown of them."""
    pairs = zip(keys, found, strict=True)
    return {key: one for key, one in pairs if one is not None and not isinstance(one, PlatformError)}


async def private(over: Callable[..., SimpleNamespace], world: World, subject: str) -> list[str]:
    """Keys of the victim's own: what is not handed in first."""
    duty, victim = over(), world.members[0]
    ask = as_member(victim)
    if subject == "proposals":
        [drafts] = await duty.proposals.list_proposals([ProposalQuery(statuses=(ProposalStatus.DRAFT,))], PAGE, ask)
        [all_] = await duty.proposals.list_proposals([ProposalQuery(first_proposer_key=victim.key)], PAGE, ask)
        return [node.key for node in (*drafts.nodes, *all_.nodes)][:20]
    if subject == "opinions":
        wanted = OpinionReportQuery(statuses=(OpinionReportStatus.DRAFT,))
        [drafts] = await duty.opinions.list_opinion_reports([wanted], PAGE, ask)
        [all_] = await duty.opinions.list_opinion_reports([OpinionReportQuery(author_key=victim.key)], PAGE, ask)
        return [node.key for node in (*drafts.nodes, *all_.nodes)][:20]
    if subject == "records":
        [page] = await duty.records.list_member_duty_records([victim.key], DutyRecordQuery(), PAGE, ask)
        assert any(node.status is DutyRecordStatus.VERIFIED for node in page.nodes)
        return [node.key for node in page.nodes][:10]
    activity = next(iter(rows_of(await activities_of(duty, victim.committee.code, ask)).values()))
    return [activity.own.key]


async def activities_of(duty: SimpleNamespace, code: str, ask: Ask) -> Any:
    """A committee's activities, the next first."""
    return await duty.activities.list_committee_activities([code], ActivityQuery(upcoming=True), PAGE, ask)


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_nothing_more_is_shown_than_an_honest_platform_shows(
    over: Callable[..., SimpleNamespace], world: World, askers: dict[str, Ask], subject: str
) -> None:
    """Of each subject, to each asker: the same rows or fewer, as they are."""
    keys, read = await private(over, world, subject), SUBJECTS[subject]
    assert keys

    for name, ask in askers.items():
        honest = await read(over(), ask, keys)
        told = await read(over(world.members[0].key), ask, keys)
        assert set(told) <= set(honest), name
        for key, record in told.items():
            differing = different(record, honest[key])
            assert differing <= {"source_questions"}, (name, differing)  # checked in test_mapping: titles only
        assert {key for key in keys if key in told} <= {key for key in keys if key in honest}


def different(one: Any, other: Any) -> set[str]:
    """The attributes in which two records differ."""
    return {field for field in one.__struct_fields__ if getattr(one, field) != getattr(other, field)}


def places_of(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every member of an answer's first row, and of the objects in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*at, name)
            yield from places_of(inner, (*at, name))
    elif isinstance(value, list) and value:
        yield from places_of(value[0], (*at, 0))


def changed(at: tuple[Any, ...], how: str) -> Change:
    """Change that member of every row."""

    def change(told: Any) -> None:
        rows = told.get("items") or told.get("rows") or []
        for row in [inner for one in rows for inner in (one.get("rows") or [one])]:
            holder = row
            for step in at[:-1]:
                holder = holder[step] if isinstance(holder, list | dict) and _has(holder, step) else None
            if isinstance(holder, dict) and at[-1] in holder:
                if how == "missing":
                    del holder[at[-1]]
                else:
                    holder[at[-1]] = copy.deepcopy(WAYS[how])

    return change


def _has(holder: Any, step: Any) -> bool:
    return step in holder if isinstance(holder, dict) else len(holder) > step


DECIDING = {
    "proposals": ["handedIn", "status", "consentToPublish", "firstProposer", "firstProposer.id"],
    "opinions": ["handedIn", "status", "grounds", "authors", "authors.0.id"],
    "records": ["member", "member.id"],
    "attendances": ["member", "member.id"],
}
"""What of a row decides who sees it."""
WAYS = {"missing": None, "null": None, "another type": [["x"]], "another text": "x"}


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_what_decides_and_cannot_be_read_opens_nothing(
    over: Callable[..., SimpleNamespace], world: World, askers: dict[str, Ask], subject: str
) -> None:
    """Missing, null, of another type, or text nobody knows: nobody sees more for it."""
    keys = (await private(over, world, subject))[:6]
    for name in ("nobody", "member"):
        honest = await SUBJECTS[subject](over(), askers[name], keys)
        for place in DECIDING[subject]:
            at = tuple(int(step) if step.isdigit() else step for step in place.split("."))
            for way in WAYS:
                told = await SUBJECTS[subject](over(world.members[0].key, changed(at, way)), askers[name], keys)
                assert set(told) <= set(honest), (name, place, way)


@pytest.mark.verify
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("subject", SUBJECTS)
async def test_no_value_that_cannot_be_read_opens_anything(
    over: Callable[..., SimpleNamespace], world: World, askers: dict[str, Ask], subject: str, way: str
) -> None:
    """The same of every member of a row, and of the objects in it; but a row of another key is another row."""
    victim, read = world.members[0].key, SUBJECTS[subject]
    keys = await private(over, world, subject)
    seen: list[Any] = []
    await read(over(victim, lambda told: seen.append(copy.deepcopy(told))), as_member(world.members[0]), keys)
    row = next(one["items"][0] for one in seen if one.get("items"))
    honest = {name: set(await read(over(), ask, keys)) for name, ask in askers.items()}

    for at in places_of(row):
        for name, ask in askers.items():
            told = await read(over(victim, changed(at, way)), ask, keys)
            assert set(told) - {"x"} <= honest[name], (at, name)


async def test_seat_and_bed_stay_their_owners(
    over: Callable[..., SimpleNamespace], world: World, askers: dict[str, Ask]
) -> None:
    """Who is no member has none, whatever the platform says; an uninvited one neither."""
    victim = world.members[0]
    mine = rows_of(await activities_of(over(), victim.committee.code, as_member(victim)))
    assert any(activity.logistics for activity in mine.values())

    for name in ("nobody", "partner", "official"):
        told = rows_of(await activities_of(over(victim.key), victim.committee.code, askers[name]))
        assert told
        assert all((activity.logistics, activity.own) == (None, None) for activity in told.values())
