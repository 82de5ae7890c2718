"""Forms, hall events, oversight campaigns and plans as the graph gets them (contract/consulting.yaml)."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import (
    NotAllowedError,
    NotFoundError,
    PlatformError,
    RejectedInputError,
    UnexpectedAnswerError,
)
from connectors.records.consultation_plan import PlannedStatus
from connectors.records.hall_event import HallEventStatus
from connectors.records.oversight import OversightStatus
from connectors.records.page import PageArgs
from connectors.records.suggestion_form import FormStatus, SuggestionForm, SuggestionFormAnswer
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role, Viewer
from tests.connectors.duty.matters_stack import (
    NOBODY,
    Answers,
    Call,
    as_member,
    as_official,
    asking,
    items,
    staff_of,
    write_id,
)

CODE = "GO_zx331002"
ALL = PageArgs(first=100, with_total=True)


@pytest.fixture
def citizen(world: World) -> Ask:
    """A citizen asks."""
    account = world.citizens[0].user_id or ""
    return asking(Viewer(roles=frozenset({Role.CITIZEN}), accounts={"zheliban": account}))


@pytest.fixture
async def form(matters: SimpleNamespace) -> SuggestionForm:
    """The form that is open now."""
    [page] = await matters.forms.list_organization_suggestion_forms([CODE], ALL, NOBODY)
    found: SuggestionForm = next(each for each in page.nodes if each.status is FormStatus.OPEN)
    return found


async def test_forms_of_an_organisation(matters: SimpleNamespace, world: World) -> None:
    """One is over, one open, one to come, the last opened first; counts belong to aspects."""
    page, none = await matters.forms.list_organization_suggestion_forms([CODE, "GO_bu33100200"], ALL, NOBODY)

    states = {each.status: each for each in page.nodes}
    assert [each.opens_at for each in page.nodes] == sorted((each.opens_at for each in page.nodes), reverse=True)
    assert set(states) == set(FormStatus)
    assert (page.total, none.total) == (3, 0)
    assert states[FormStatus.OPEN].opens_at <= world.today < states[FormStatus.OPEN].closes_at
    assert states[FormStatus.SCHEDULED].answer_count == 0
    assert states[FormStatus.CLOSED].answer_count >= max(a.answer_count for a in states[FormStatus.CLOSED].aspects) > 0
    assert states[FormStatus.OPEN].organization.key == CODE
    assert len({each.code for each in page.nodes}) == 3


async def test_a_form_by_the_code_in_its_picture(matters: SimpleNamespace, form: SuggestionForm) -> None:
    """It is the one its key leads to; what no form says leads to none."""
    by_code, none, never = await matters.forms.load_suggestion_forms_by_code([form.code, "0" * 12, "http://x"], NOBODY)

    assert [by_code] == await matters.forms.load_suggestion_forms([form.key], NOBODY)
    assert (by_code.code, none, never) == (form.code, None, None)


async def test_answering_a_form(
    matters: SimpleNamespace, afresh: Callable[[], SimpleNamespace], form: SuggestionForm, citizen: Ask, world: World
) -> None:
    """By a citizen and by a member; both count, each person once, and nothing but the name goes into the answer."""
    first, second = (aspect.code for aspect in form.aspects[:2])
    answer = SuggestionFormAnswer(form_key=form.key, aspects=(first, second), body="站台太远。", name="热心市民")

    receipt = await matters.form_desk.answer_suggestion_form(answer, write_id(), citizen)
    await matters.form_desk.answer_suggestion_form(
        SuggestionFormAnswer(form_key=form.key, aspects=(first,), body="加密班次。"),
        write_id(),
        as_member(world.members[0]),
    )

    [after] = await afresh().forms.load_suggestion_forms([form.key], NOBODY)
    assert receipt.form_key == form.key
    assert isinstance(receipt.received_at, datetime)
    assert after.answer_count == form.answer_count + 2
    grown = [a.answer_count - b.answer_count for a, b in zip(after.aspects, form.aspects, strict=True)]
    assert grown[:2] == [2, 1]
    assert sum(grown) == 3
    with pytest.raises(RejectedInputError) as refused:
        await matters.form_desk.answer_suggestion_form(answer, write_id(), citizen)
    assert refused.value.upstream_code == "ALREADY_ANSWERED"


async def test_answers_nobody_takes(matters: SimpleNamespace, form: SuggestionForm, citizen: Ask, world: World) -> None:
    """To a form that is not open, with an aspect of none, without words, by nobody, to no form."""
    [page] = await matters.forms.list_organization_suggestion_forms([CODE], ALL, NOBODY)
    aspects = (form.aspects[0].code,)
    stranger = asking(Viewer(roles=frozenset({Role.CITIZEN}), accounts={"zheliban": "nobody-has-this"}))
    cases: list[tuple[SuggestionFormAnswer, Ask, type[PlatformError], str | None]] = [
        (
            SuggestionFormAnswer(form_key=each.key, aspects=aspects, body="好"),
            citizen,
            RejectedInputError,
            "FORM_NOT_OPEN",
        )
        for each in page.nodes
        if each.status is not FormStatus.OPEN
    ]
    bad = "INVALID_BODY"
    cases += [
        (SuggestionFormAnswer(form_key=form.key, aspects=("Z",), body="好"), citizen, RejectedInputError, bad),
        (SuggestionFormAnswer(form_key=form.key, aspects=(), body="好"), citizen, RejectedInputError, bad),
        (SuggestionFormAnswer(form_key=form.key, aspects=aspects, body=""), citizen, RejectedInputError, bad),
        (SuggestionFormAnswer(form_key="F0", aspects=aspects, body="好"), citizen, NotFoundError, "NOT_FOUND"),
        (SuggestionFormAnswer(form_key="F,1", aspects=aspects, body="好"), citizen, NotFoundError, None),
        (SuggestionFormAnswer(form_key=form.key, aspects=aspects, body="好"), NOBODY, NotAllowedError, None),
        (
            SuggestionFormAnswer(form_key=form.key, aspects=aspects, body="好"),
            stranger,
            NotAllowedError,
            "ACTOR_NOT_ALLOWED",
        ),
        (
            SuggestionFormAnswer(form_key=form.key, aspects=aspects, body="好"),
            as_official(staff_of(world, CODE)),
            NotAllowedError,
            None,
        ),
    ]
    for answer, ask, error, code in cases:
        with pytest.raises(error) as refused:
            await matters.form_desk.answer_suggestion_form(answer, write_id(), ask)
        assert refused.value.upstream_code == code


async def test_events_of_the_halls(matters: SimpleNamespace, world: World) -> None:
    """Held ones have an outcome and people, one was called off, some are to come; the latest first."""
    [page] = await matters.events.list_organization_hall_events([CODE], ALL, NOBODY)

    assert [each.starts_at for each in page.nodes] == sorted((e.starts_at for e in page.nodes), reverse=True)
    assert {each.status for each in page.nodes} == set(HallEventStatus)
    for each in page.nodes:
        held = each.status is HallEventStatus.HELD
        assert (each.outcome is not None) is held is (each.participant_count > 0)
        assert each.status is HallEventStatus.CANCELLED or held is (each.ends_at <= world.today)
        assert {member.key[1:7] for member in each.members} == {"331002"}
    assert list(page.nodes) == await matters.events.load_hall_events([each.key for each in page.nodes], NOBODY)


async def test_campaigns_of_oversight(matters: SimpleNamespace, world: World) -> None:
    """Planned, ongoing, concluded; findings belong to a theme and a unit, a report comes in the end."""
    [page] = await matters.oversights.list_organization_oversights([CODE], None, ALL, NOBODY)

    assert {each.status for each in page.nodes} == set(OversightStatus)
    for each in page.nodes:
        assert bool(each.reports) is (each.status is OversightStatus.CONCLUDED)
        assert {finding.theme for finding in each.findings} <= set(each.themes)
        assert all(finding.organization.name and finding.found_at < world.today for finding in each.findings)
        [of_year] = await matters.oversights.list_organization_oversights([CODE], each.year, ALL, NOBODY)
        assert each in of_year.nodes
        assert {other.year for other in of_year.nodes} == {each.year}
        assert [each] == await matters.oversights.load_oversights([each.key], NOBODY)


async def test_plans_of_the_years(matters: SimpleNamespace, world: World) -> None:
    """By month; what is over was held, unless it was put off; next year's stands by November."""
    [page] = await matters.plans.list_organization_consultation_plans([CODE], None, ALL, NOBODY)
    [this] = await matters.plans.list_organization_consultation_plans([CODE], world.today.year, ALL, NOBODY)

    assert [plan.year for plan in page.nodes] == [world.today.year + 1, world.today.year, world.today.year - 1]
    assert [plan.year for plan in this.nodes] == [world.today.year]
    for plan in page.nodes:
        assert [item.month for item in plan.items] == sorted(item.month for item in plan.items)
        for item in plan.items:
            over = (plan.year, item.month) < (world.today.year, world.today.month)
            expected = PlannedStatus.HELD if over else PlannedStatus.PLANNED
            assert item.status in {expected, PlannedStatus.POSTPONED}
    [read] = await matters.plans.load_consultation_plans([this.nodes[0].key], NOBODY)
    assert read == this.nodes[0]


BROKEN: list[tuple[str, str, str, str, str, Any]] = [
    ("forms", "forms", "load_suggestion_forms", "F33100201", "aspects", "none"),
    ("forms", "forms", "load_suggestion_forms", "F33100201", "status", "HALF_OPEN"),
    ("hallEvents", "events", "load_hall_events", "H33100201", "members", {"id": "M1"}),
    ("oversights", "oversights", "load_oversights", "D331002V01", "findings", 0),
    ("plans", "plans", "load_consultation_plans", "L3310022026", "year", "soon"),
]


@pytest.mark.parametrize(("operation", "source", "method", "key", "name", "value"), BROKEN)
async def test_what_cannot_be_read_costs_itself(
    *,
    operation: str,
    source: str,
    method: str,
    key: str,
    name: str,
    value: Any,
    matters_over: Callable[[Answers], SimpleNamespace],
    call: Call,
) -> None:
    """A wrong or missing field is the error in its place; the title beside it is read."""
    row = (await call(operation, ids=key)).json()["items"][0]
    for wrong in (row | {name: value}, {k: v for k, v in row.items() if k != name}):
        [found] = await getattr(getattr(matters_over(items(wrong)), source), method)([key], NOBODY)

        assert type(getattr(found, name)) is UnexpectedAnswerError
        assert found.title == row["title"]
