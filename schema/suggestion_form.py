"""Suggestion forms (扫码建言): asked by QR code, with aspects to choose."""

from datetime import datetime

import strawberry

from connectors.records.suggestion_form import FormStatus
from connectors.records.suggestion_form import SuggestionForm as FormRecord
from schema.fields import CHINESE, described, identifier, value
from schema.node import Node
from schema.organization import Organization
from schema.region import Region, region_at

strawberry.enum(FormStatus, description="Whether a form can be answered now.")
setattr(FormStatus, CHINESE, "问卷的状态")


@described(zh="可选的建言方面", en="Something a form lets one speak to.")
class SuggestionAspect:
    """Read from ``connectors.records.suggestion_form.Aspect``."""

    code: str | None = value("code", zh="代码", en="Its code in the form.")
    name: str | None = value("name", zh="名称", en="What it is called.")
    answer_count: int | None = value("answer_count", zh="选择它的答卷数", en="How many answers chose it.")


@described(zh="扫码建言的问卷", en="A form by which anybody suggests something, reached by its QR code.", of=FormRecord)
class SuggestionForm(Node):
    """Read from ``connectors.records.suggestion_form.SuggestionForm``; its answers are counted here, never shown."""

    id: strawberry.ID = identifier("SuggestionForm")
    code: str | None = value("code", zh="二维码中的代码", en="What its QR code says.")
    title: str | None = value("title", zh="标题", en="What it asks about.")
    introduction: str | None = value("introduction", zh="说明", en="What one should know before; null without one.")
    organization: Organization | None = value("organization", zh="发起的政协组织", en="The committee that asks.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="In which place.")
    opens_at: datetime | None = value("opens_at", zh="开放时间", en="From when it can be answered.")
    closes_at: datetime | None = value("closes_at", zh="截止时间", en="Until when.")
    status: FormStatus | None = value("status", zh="状态", en="Whether it can be answered now.")
    aspects: list[SuggestionAspect | None] | None = value("aspects", zh="可选的方面", en="What one may speak to.")
    answer_count: int | None = value("answer_count", zh="答卷数", en="How many answered.")
