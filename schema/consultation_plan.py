"""Consultation plans: on what a committee consults in a year, and whether it did."""

import strawberry

from connectors.ports import DeliberationSource
from connectors.records.consultation_plan import ConsultationPlan as PlanRecord
from connectors.records.consultation_plan import PlannedForm, PlannedStatus
from schema.deliberation import Deliberation
from schema.fields import CHINESE, described, identifier, link, value
from schema.node import Node
from schema.organization import Organization

for _enum, _zh, _en in (
    (PlannedForm, "计划中的协商形式", "In which form something is to be consulted on."),
    (PlannedStatus, "计划的执行情况", "Whether what was planned took place."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@described(zh="计划中的一次协商", en="One consultation of a year's plan.")
class PlannedConsultation:
    """Read from ``connectors.records.consultation_plan.PlannedConsultation``."""

    topic: str | None = value("topic", zh="议题", en="What is consulted on.")
    form: PlannedForm | None = value("form", zh="形式", en="In which form.")
    month: int | None = value("month", zh="月份，1 到 12", en="In which month, 1 to 12.")
    lead: str | None = value("lead", zh="牵头单位", en="Who prepares it; null where nobody is named.")
    status: PlannedStatus | None = value("status", zh="执行情况", en="Whether it took place.")
    deliberation: Deliberation | None = link(
        DeliberationSource.load_deliberations,
        key="deliberation_key",
        zh="对应的协商；尚无则为空",
        en="The deliberation it became; null before.",
    )


@described(zh="年度协商计划", en="A committee's consultation plan of a year.", of=PlanRecord)
class ConsultationPlan(Node):
    """Read from ``connectors.records.consultation_plan.ConsultationPlan``; public."""

    id: strawberry.ID = identifier("ConsultationPlan")
    title: str | None = value("title", zh="名称", en="What it is called.")
    year: int | None = value("year", zh="年份", en="Of which year.")
    organization: Organization | None = value("organization", zh="制定的政协组织", en="Whose plan it is.")
    items: list[PlannedConsultation | None] | None = value("items", zh="各次协商", en="What is planned, by month.")
