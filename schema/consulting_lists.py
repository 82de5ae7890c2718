"""How committees consult besides their deliberations, as it is found: events, plans, campaigns, forms."""

from collections.abc import Mapping
from typing import Any

from connectors.ports import ConsultationPlanSource, HallEventSource, OversightSource, SuggestionFormSource
from schema.declarations import Found
from schema.fields import argument, many
from schema.paging import connection
from schema.year import known_year

_YEAR = (argument("year", int | None, zh="年份；不填则各年", en="Of that year only; of every year without."),)

CONSULTING_BY_ID = {
    "DeliberationHallEvent": Found(HallEventSource.load_hall_events),
    "ConsultationPlan": Found(ConsultationPlanSource.load_consultation_plans),
    "DemocraticOversight": Found(OversightSource.load_oversights),
    "SuggestionForm": Found(SuggestionFormSource.load_suggestion_forms),
}
"""How each of these is found by its global id."""


def _year(arguments: Mapping[str, Any]) -> tuple[int | None]:
    """The year asked for. Raises ``RefusedError`` (BAD_INPUT) for a number that is none."""
    return (known_year(arguments.get("year")),)


HALL_EVENTS: Any = connection(
    HallEventSource.list_organization_hall_events,
    zh="民生议事堂活动，新的在前",
    en="Events of its deliberation halls, the latest first.",
)
CONSULTATION_PLANS: Any = connection(
    ConsultationPlanSource.list_organization_consultation_plans,
    arguments=_YEAR,
    taken=_year,
    zh="年度协商计划，新的在前",
    en="Its consultation plans of the years, the latest first.",
)
OVERSIGHTS: Any = connection(
    OversightSource.list_organization_oversights,
    arguments=_YEAR,
    taken=_year,
    zh="专项集体民主监督，新的在前",
    en="Its campaigns of democratic oversight, the latest first.",
)
SUGGESTION_FORMS: Any = connection(
    SuggestionFormSource.list_organization_suggestion_forms,
    zh="扫码建言的问卷，最近开放的在前",
    en="Its suggestion forms, the last opened first.",
)
FORM_BY_CODE: Any = many(
    SuggestionFormSource.load_suggestion_forms_by_code,
    arguments=(argument("code", str, zh="二维码中的代码", en="What the QR code says."),),
    owner=lambda _, arguments: arguments["code"],
    zh="二维码所指的建言问卷；没有则为空",
    en="The suggestion form a QR code leads to; null where to none.",
)
"""The root field."""
