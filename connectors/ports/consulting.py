"""How a committee consults besides its deliberations: forms, hall events, oversight campaigns, plans of a year.

Everybody sees these alike. Lists are of an organisation, by ``GO_`` code, and short.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.consultation_plan import ConsultationPlan
from connectors.records.hall_event import DeliberationHallEvent
from connectors.records.oversight import DemocraticOversight
from connectors.records.page import Page, PageArgs
from connectors.records.suggestion_form import FormReceipt, SuggestionForm, SuggestionFormAnswer
from connectors.viewer import Ask


@runtime_checkable
class SuggestionFormSource(Protocol):
    """Knows the forms asked by QR code."""

    async def load_suggestion_forms(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[SuggestionForm | PlatformError | None]:
        """Read forms by key."""

    async def load_suggestion_forms_by_code(
        self, codes: Sequence[str], ask: Ask
    ) -> Sequence[SuggestionForm | PlatformError | None]:
        """Read forms by what their QR codes say."""

    async def list_organization_suggestion_forms(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SuggestionForm] | PlatformError]:
        """Read one page per organisation, the last opened first."""


@runtime_checkable
class SuggestionFormDesk(Protocol):
    """Takes answers to forms."""

    async def answer_suggestion_form(self, answer: SuggestionFormAnswer, write_id: str, ask: Ask) -> FormReceipt:
        """Hand an answer in, as a member or by a citizen's account; the answer keeps only the name they gave.

        Raises ``PlatformError``: ``RejectedInputError`` for a form that is not open, or that they answered before.
        """


@runtime_checkable
class HallEventSource(Protocol):
    """Knows the events of the deliberation halls."""

    async def load_hall_events(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[DeliberationHallEvent | PlatformError | None]:
        """Read events by key."""

    async def list_organization_hall_events(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[DeliberationHallEvent] | PlatformError]:
        """Read one page per organisation, the latest first."""


@runtime_checkable
class OversightSource(Protocol):
    """Knows the campaigns of democratic oversight."""

    async def load_oversights(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[DemocraticOversight | PlatformError | None]:
        """Read campaigns by key."""

    async def list_organization_oversights(
        self, keys: Sequence[str], year: int | None, page: PageArgs, ask: Ask
    ) -> Sequence[Page[DemocraticOversight] | PlatformError]:
        """Read one page per organisation, the latest first; of one year or of all."""


@runtime_checkable
class ConsultationPlanSource(Protocol):
    """Knows the consultation plans of the years."""

    async def load_consultation_plans(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ConsultationPlan | PlatformError | None]:
        """Read plans by key."""

    async def list_organization_consultation_plans(
        self, keys: Sequence[str], year: int | None, page: PageArgs, ask: Ask
    ) -> Sequence[Page[ConsultationPlan] | PlatformError]:
        """Read one page per organisation, the latest first; of one year or of all."""
