"""Campaigns of democratic oversight (专项集体民主监督): on what, where, and what was found."""

from datetime import date, datetime

import strawberry

from connectors.records.oversight import DemocraticOversight as OversightRecord
from connectors.records.oversight import OversightStatus
from schema.attachment import Attachment
from schema.fields import CHINESE, described, identifier, value
from schema.node import Node
from schema.organization import Organization

strawberry.enum(OversightStatus, description="Where a campaign stands.")
setattr(OversightStatus, CHINESE, "专项监督的状态")


@described(zh="监督中发现的问题", en="What a campaign found.")
class OversightFinding:
    """Read from ``connectors.records.oversight.Finding``."""

    theme: str | None = value("theme", zh="主题", en="Under which of its themes.")
    body: str | None = value("body", zh="内容", en="What was found.")
    found_at: datetime | None = value("found_at", zh="发现时间", en="When.")
    organization: Organization | None = value(
        "organization", zh="所涉单位；不针对单位时为空", en="At which organisation; null where at none."
    )


@described(zh="监督报告", en="A report of a campaign.")
class OversightReport:
    """Read from ``connectors.records.oversight.OversightReport``."""

    title: str | None = value("title", zh="标题", en="What it is called.")
    issued_at: datetime | None = value("issued_at", zh="发布时间", en="When it was issued.")
    attachments: list[Attachment | None] | None = value("attachments", zh="附件", en="Its files; everybody's.")


@described(zh="专项集体民主监督", en="A campaign of democratic oversight of one committee.", of=OversightRecord)
class DemocraticOversight(Node):
    """Read from ``connectors.records.oversight.DemocraticOversight``; public."""

    id: strawberry.ID = identifier("DemocraticOversight")
    title: str | None = value("title", zh="名称", en="What it is called.")
    year: int | None = value("year", zh="年份", en="Of which year.")
    organization: Organization | None = value(
        "organization", zh="开展监督的政协组织", en="The committee that leads it."
    )
    starts_on: date | None = value("starts_on", zh="开始日期", en="From which day.")
    ends_on: date | None = value("ends_on", zh="结束日期", en="Until which day.")
    status: OversightStatus | None = value("status", zh="状态", en="Where it stands.")
    themes: list[str] | None = value("themes", zh="监督主题", en="What it looks at.")
    findings: list[OversightFinding | None] | None = value("findings", zh="发现的问题", en="What it found.")
    reports: list[OversightReport | None] | None = value("reports", zh="监督报告", en="What it reported.")
