"""The reads and the write of ``contract/consulting.yaml``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from connectors.duty.sandbox.cabinet import Cabinet
from connectors.duty.sandbox.consulting.campaigns import KeptCampaign, campaign_row, campaigns_of
from connectors.duty.sandbox.consulting.events import event_row, events_of
from connectors.duty.sandbox.consulting.forms import KeptForm, form_row, forms_of
from connectors.duty.sandbox.consulting.plans import plan_row, plans_of
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL, Shelf, Shelved
from connectors.duty.sandbox.writes import Key, LongText, ShortText, WriteBody
from connectors.records.suggestion_form import FormStatus
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, Row, items_of, owners_of
from connectors.sandbox.contracted.problems import conflict, not_allowed, not_found, rejected
from connectors.sandbox.paging import Order

T = TypeVar("T", bound=Shelved)
_LATEST = "LATEST"


class AnswerBody(WriteBody, frozen=True, kw_only=True):
    """What somebody fills in."""

    form_id: Key
    aspects: Annotated[list[Key], msgspec.Meta(min_length=1, max_length=20)]
    body: LongText
    name: ShortText | None = None


@dataclass(frozen=True, slots=True)
class _Subject(Generic[T]):
    """Things that are read by key and by organisation; ``year`` where a list may be of one year only."""

    shelf: Shelf[T]
    row: Callable[[T], Row]
    year: Callable[[T], int] | None = None

    def by_id(self, asked: Asked) -> Row:
        found = map(self.shelf.get, asked.keys())
        return {"items": [self.row(each) for each in found if each is not None]}

    def of_organizations(self, asked: Asked) -> Row:
        order, year = self.shelf.orders[_LATEST], asked.year() if self.year else None
        page = asked.page(order)
        return owners_of(lambda code: self._chosen(code, year), asked.owners(), order, page, self.row)

    def _chosen(self, code: str, year: int | None) -> Sequence[T] | None:
        if not self.shelf.knows(code):
            return None
        rows = self.shelf.sorted(_LATEST, code)
        return rows if year is None or self.year is None else [each for each in rows if self.year(each) == year]


def operations(ground: Ground, rolls: Rolls, cabinet: Cabinet) -> Sequence[Operation]:
    """Every operation of these subjects."""
    world, now = ground.world, ground.now
    forms = Shelf(world, lambda c: forms_of(world, c), _committee_in, _latest("F", lambda f: f.opens_at.timestamp()))
    events = Shelf(
        world, lambda c: events_of(world, rolls, c), _committee_in, _latest("H", lambda e: e.starts_at.timestamp())
    )
    campaigns = Shelf(
        world, lambda c: campaigns_of(world, rolls, c), _committee_in, _latest("V", lambda c: c.starts_on.toordinal())
    )
    plans = Shelf(world, lambda c: plans_of(world, c), _committee_in, _latest("L", lambda p: p.year))
    of_forms = _Subject(forms.filled(), lambda form: form_row(form, now()))
    of_events = _Subject(events.filled(), lambda event: event_row(event, now()))
    of_campaigns = _Subject(campaigns.filled(), lambda c: campaign_row(c, now().date()), lambda c: c.starts_on.year)
    of_plans = _Subject(plans.filled(), lambda plan: plan_row(plan, now().date()), lambda plan: plan.year)
    cabinet.holds(lambda key, _: _files_of(campaigns.get(key), now().date()))

    def by_code(asked: Asked) -> Row:
        codes = {form.code: form for form in forms.of(ALL)}
        return items_of(codes, asked.keys(), of_forms.row)

    own, of_year = ("ownerIds", *PAGE), ("ownerIds", "year", *PAGE)
    return [
        ground.read("forms", "/suggestion-forms", of_forms.by_id),
        ground.read("forms.byCodes", "/suggestion-forms/by-codes", by_code),
        ground.read("organizations.forms", "/organizations/suggestion-forms", of_forms.of_organizations, own),
        ground.write("forms.answer", "/suggestion-forms/answers", AnswerBody, _Answers(ground, forms).taken),
        ground.read("hallEvents", "/hall-events", of_events.by_id),
        ground.read("organizations.hallEvents", "/organizations/hall-events", of_events.of_organizations, own),
        ground.read("oversights", "/oversights", of_campaigns.by_id),
        ground.read("organizations.oversights", "/organizations/oversights", of_campaigns.of_organizations, of_year),
        ground.read("plans", "/consultation-plans", of_plans.by_id),
        ground.read("organizations.plans", "/organizations/consultation-plans", of_plans.of_organizations, of_year),
    ]


class _Answers:
    """Answers to forms; what is kept of one is the count, and that this person has answered."""

    def __init__(self, ground: Ground, forms: Shelf[KeptForm]) -> None:
        self._ground = ground
        self._forms = forms
        self._serial = count(1)

    def taken(self, body: AnswerBody) -> Row:
        """``POST /suggestion-forms/answers``."""
        form, person, now = self._forms.get(body.form_id), self._person(body), self._ground.now()
        if form is None:
            raise not_found("no such form")
        if form.status(now) is not FormStatus.OPEN:
            raise conflict("FORM_NOT_OPEN", "the form is not open")
        if person in form.answered:
            raise conflict("ALREADY_ANSWERED", "this person has answered the form")
        if not set(body.aspects) <= set(form.aspects):
            raise rejected("INVALID_BODY", "aspects are of the form's own")
        form.answered.add(person)
        form.answers += 1
        for code in dict.fromkeys(body.aspects):
            form.counts[code] += 1
        return {"id": f"{form.id}-A{next(self._serial)}", "formId": form.id, "receivedAt": now}

    def _person(self, body: AnswerBody) -> str:
        """Who answers: a member or a citizen."""
        citizen = self._ground.citizens.get(body.actor.citizen_id or "")
        return citizen.id if citizen is not None else self._member(body)

    def _member(self, body: AnswerBody) -> str:
        if body.actor.citizen_id is not None:
            raise not_allowed("nobody has this account")
        return self._ground.acting_member(body.actor).person.id


def _latest(name: str, at: Callable[[Any], float]) -> dict[str, Order[Any]]:
    """The one order of these lists: the latest first."""
    return {_LATEST: Order(f"{name}-{_LATEST}", lambda each: (-float(at(each)), each.id))}


def _files_of(campaign: KeptCampaign | None, today: date) -> list[Row]:
    """What stands beside a campaign's reports: everybody's, as they are."""
    reports = campaign_row(campaign, today)["reports"] if campaign is not None else []
    return [file for report in reports for file in report["attachments"]]


def _committee_in(key: str) -> str:
    """The committee whose thing a key names: it holds the division's code."""
    return f"GO_zx{key[1:7]}"
