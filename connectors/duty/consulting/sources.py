"""The ports of ``connectors/ports/consulting.py`` that read; everybody sees the same."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint
from connectors.contracted.rows import Shape
from connectors.duty.consulting.mapping import form_from, hall_event_from, oversight_from, plan_from
from connectors.duty.consulting.payloads import (
    ConsultationPlanPayload,
    HallEventPayload,
    OversightPayload,
    SuggestionFormPayload,
)
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import PUBLISHED, REGISTRY
from connectors.records.consultation_plan import ConsultationPlan
from connectors.records.hall_event import DeliberationHallEvent
from connectors.records.oversight import DemocraticOversight
from connectors.records.page import Page, PageArgs
from connectors.records.suggestion_form import SuggestionForm
from connectors.viewer import Ask

FORMS = Endpoint("forms", "/suggestion-forms", PUBLISHED, tags=("suggestion-form:{key}",))
CODED_FORMS = Endpoint("forms.byCodes", "/suggestion-forms/by-codes", PUBLISHED, tags=("suggestion-forms",))
OWN_FORMS = Endpoint(
    "organizations.forms",
    "/organizations/suggestion-forms",
    PUBLISHED,
    tags=(
        "suggestion-forms",
        "organization:{key}",
    ),
)
EVENTS = Endpoint("hallEvents", "/hall-events", REGISTRY, tags=("hall-event:{key}",))
OWN_EVENTS = Endpoint("organizations.hallEvents", "/organizations/hall-events", REGISTRY, tags=("organization:{key}",))
OVERSIGHTS = Endpoint("oversights", "/oversights", REGISTRY, tags=("oversight:{key}",))
OWN_OVERSIGHTS = Endpoint(
    "organizations.oversights", "/organizations/oversights", REGISTRY, tags=("organization:{key}",)
)
PLANS = Endpoint("plans", "/consultation-plans", REGISTRY, tags=("consultation-plan:{key}",))
OWN_PLANS = Endpoint("organizations.plans", "/organizations/consultation-plans", REGISTRY, tags=("organization:{key}",))
_FORM = Shape(SuggestionFormPayload, form_from)
_CODED_FORM = Shape(SuggestionFormPayload, form_from, key="form_code")
_EVENT = Shape(HallEventPayload, hall_event_from)
_OVERSIGHT = Shape(OversightPayload, oversight_from)
_PLAN = Shape(ConsultationPlanPayload, plan_from)


class DutySuggestionForms:
    """``SuggestionFormSource``; counts of answers grow while a form is open."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_suggestion_forms(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[SuggestionForm | PlatformError | None]:
        """Read forms by key."""
        return await self._reads.keyed(FORMS, _FORM, keys, ask)

    async def load_suggestion_forms_by_code(
        self, codes: Sequence[str], ask: Ask
    ) -> Sequence[SuggestionForm | PlatformError | None]:
        """Read forms by what their QR codes say; what can be none is not asked for."""
        return await self._reads.keyed(CODED_FORMS, _CODED_FORM, codes, ask)

    async def list_organization_suggestion_forms(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SuggestionForm] | PlatformError]:
        """Read one page per organisation, the last opened first."""
        return await self._reads.owned(OWN_FORMS, _FORM, keys, page, ask)


class DutyHallEvents:
    """``HallEventSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_hall_events(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[DeliberationHallEvent | PlatformError | None]:
        """Read events by key."""
        return await self._reads.keyed(EVENTS, _EVENT, keys, ask)

    async def list_organization_hall_events(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[DeliberationHallEvent] | PlatformError]:
        """Read one page per organisation, the latest first."""
        return await self._reads.owned(OWN_EVENTS, _EVENT, keys, page, ask)


class DutyOversights:
    """``OversightSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_oversights(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[DemocraticOversight | PlatformError | None]:
        """Read campaigns by key."""
        return await self._reads.keyed(OVERSIGHTS, _OVERSIGHT, keys, ask)

    async def list_organization_oversights(
        self, keys: Sequence[str], year: int | None, page: PageArgs, ask: Ask
    ) -> Sequence[Page[DemocraticOversight] | PlatformError]:
        """Read one page per organisation, the latest first; of one year or of all."""
        return await self._reads.owned(OWN_OVERSIGHTS, _OVERSIGHT, keys, page, ask, _of_year(year))


class DutyConsultationPlans:
    """``ConsultationPlanSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_consultation_plans(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ConsultationPlan | PlatformError | None]:
        """Read plans by key."""
        return await self._reads.keyed(PLANS, _PLAN, keys, ask)

    async def list_organization_consultation_plans(
        self, keys: Sequence[str], year: int | None, page: PageArgs, ask: Ask
    ) -> Sequence[Page[ConsultationPlan] | PlatformError]:
        """Read one page per organisation, the latest first; of one year or of all."""
        return await self._reads.owned(OWN_PLANS, _PLAN, keys, page, ask, _of_year(year))


def _of_year(year: int | None) -> dict[str, str]:
    return {} if year is None else {"year": str(year)}
