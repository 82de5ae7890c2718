"""Reports on social conditions and public opinion: who gathered what, and how far it went."""

from datetime import date as day
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import OpinionReportSource, QuestionSource
from connectors.records.deliberation import AdoptedReport
from connectors.records.opinion_report import AdoptionLevel, OpinionReportRef, OpinionReportStatus
from connectors.records.opinion_report import OpinionReport as ReportRecord
from connectors.records.proposal import ProposalRef
from schema.attachment import Attachment
from schema.code import Code
from schema.fields import described, identifier, value
from schema.member import Member, Sector
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.proposal import Proposal
from schema.question import Question
from schema.region import Region, region_at

_LOAD = OpinionReportSource.load_opinion_reports


@described(zh="社情民意信息联系点", en="Where a report was gathered.")
class ContactPoint:
    """Read from ``connectors.records.opinion_report.ContactPoint``."""

    name: str | None = value("name", zh="名称", en="Its name.")


@described(zh="一级政协的采用", en="That one level of the CPPCC took a report up.")
class Adoption:
    """Read from ``connectors.records.opinion_report.Adoption``."""

    level: AdoptionLevel | None = value("level", zh="层级", en="Which level.")
    date: day | None = value("date", zh="日期", en="On which day.")
    instructed_by: str | None = value("instructed_by", zh="批示人", en="Who wrote an instruction on it.")


@described(zh="领导批示", en="What a leader wrote on a report.")
class Instruction:
    """Read from ``connectors.records.opinion_report.Instruction``."""

    by: str | None = value("by", zh="批示人", en="By whom.")
    body: str | None = value("body", zh="内容", en="In full.")
    at: datetime | None = value("at", zh="时间", en="When.")


@described(zh="办理过程中的一步", en="A state a report came to.")
class OpinionReportStep:
    """Read from ``connectors.records.opinion_report.OpinionReportStep``."""

    status: OpinionReportStatus | None = value("status", zh="状态", en="Which state.")
    at: datetime | None = value("at", zh="时间", en="When.")
    by: str | None = value("by", zh="经办人或单位", en="By whom: a person's or an office's name.")
    note: str | None = value("note", zh="说明", en="What was said of it.")


def _asked_in(report: ReportRecord | AdoptedReport | OpinionReportRef, _: Any) -> Any:
    """The keys of its questions; None in a row that carries none, the error where one of them is one."""
    sources: Any = getattr(report, "source_questions", None)
    if not isinstance(sources, tuple):
        return sources
    return next((one for one in sources if isinstance(one, Exception)), tuple([one.key for one in sources]))


@described(
    zh="社情民意信息",
    en="A report on social conditions and public opinion.",
    of=ReportRecord | AdoptedReport | OpinionReportRef,
)
class OpinionReport(Node):
    """Read from ``connectors.records.opinion_report.OpinionReport``; a draft by its authors only.

    What an outcome adopted is told by its title to everybody; the rest of it is read by key, by who may see it.
    """

    id: strawberry.ID = identifier("OpinionReport")
    number: str | None = value(
        "number", source=_LOAD, zh="编号；报送后才有", en="Its number; null before it is submitted."
    )
    title: str | None = value("title", source=_LOAD, zh="标题", en="In short.")
    situation: str | None = value("situation", source=_LOAD, zh="情况", en="What is the case.")
    analysis: str | None = value("analysis", source=_LOAD, zh="分析", en="Why it is.")
    suggestion: str | None = value("suggestion", source=_LOAD, zh="建议", en="What should be done.")
    body: str | None = value(
        "body",
        source=_LOAD,
        zh="正文：情况、分析、建议",
        en="The whole text: situation, analysis, suggestion, a paragraph each.",
    )
    category: Code | None = value("category", source=_LOAD, zh="类别", en="What it is about.")
    status: OpinionReportStatus | None = value("status", source=_LOAD, zh="状态", en="Where it stands.")
    region: Region | None = value(
        "region_key", source=_LOAD, then=region_at, zh="所涉区划", en="The place it is about."
    )
    organization: Organization | None = value(
        "organization", source=_LOAD, zh="报送的政协组织", en="The committee it was submitted to."
    )
    authors: list[Member | None] | None = value(
        "authors", source=_LOAD, zh="作者", en="The members who wrote it, the first first."
    )
    sector: Sector | None = value("sector", source=_LOAD, zh="所代表的界别", en="The sector it speaks for.")
    contact_point: ContactPoint | None = value(
        "contact_point", source=_LOAD, zh="收集的联系点", en="Where it was gathered; null where at none."
    )
    source_proposal: Proposal | None = value(
        "source_proposal_key",
        source=_LOAD,
        then=lambda key, _: ProposalRef(key=key),
        zh="转来的提案；不是由提案转来的为空",
        en="The proposal it was made from; null where from none.",
    )
    source_questions: Connection[Question] | None = connection(
        QuestionSource.list_named_questions,
        owner=_asked_in,
        zh="所依据的群众提问；只含提问者可见的",
        en="The citizens' questions it was raised from, of those the asker may see.",
    )
    adoptions: list[Adoption | None] | None = value(
        "adoptions", source=_LOAD, zh="各级采用", en="Which levels took it up."
    )
    instructions: list[Instruction | None] | None = value(
        "instructions", source=_LOAD, zh="批示", en="What leaders wrote on it."
    )
    history: list[OpinionReportStep | None] | None = value(
        "history", source=_LOAD, zh="办理过程，早的在前", en="Each state it came to, oldest first."
    )
    attachments: list[Attachment | None] | None = value("attachments", source=_LOAD, zh="附件", en="Files beside it.")
    submitted_at: datetime | None = value(
        "submitted_at", source=_LOAD, zh="报送时间", en="When it was submitted; null for a draft."
    )
    changed_at: datetime | None = value("changed_at", source=_LOAD, zh="最后变化的时间", en="When it last changed.")
    withdrawn_at: datetime | None = value(
        "withdrawn_at", source=_LOAD, zh="撤回时间；未撤回为空", en="When it was taken back; null where it was not."
    )
