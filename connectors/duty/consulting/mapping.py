"""Payload → record of forms, hall events, campaigns and plans."""

from typing import Any

from connectors.duty.consulting.payloads import (
    AspectPayload,
    CommitteesRowPayload,
    ConsultationPlanPayload,
    FindingPayload,
    FormReceiptPayload,
    HallEventPayload,
    OversightPayload,
    OversightReportPayload,
    PlannedPayload,
    SuggestionFormPayload,
)
from connectors.duty.named import (
    each_of,
    maybe,
    member_ref_from,
    organization_ref_from,
    public_attachment_from,
    text_or_none,
)
from connectors.records.consultation_plan import ConsultationPlan, PlannedConsultation
from connectors.records.hall_event import DeliberationHallEvent
from connectors.records.oversight import DemocraticOversight, Finding, OversightReport
from connectors.records.suggestion_form import Aspect, FormReceipt, SuggestionForm


def form_from(payload: SuggestionFormPayload) -> SuggestionForm:
    """Read one form."""
    return SuggestionForm(
        key=payload.id,
        code=payload.form_code,
        title=payload.title,
        introduction=text_or_none(payload.introduction),
        organization=_organization_from(payload),
        region_key=payload.region_code,
        opens_at=payload.opens_at,
        closes_at=payload.closes_at,
        status=payload.status,
        aspects=each_of(payload.aspects, _aspect_from),
        answer_count=payload.answer_count,
    )


def receipt_from(payload: FormReceiptPayload) -> FormReceipt:
    """Read what a handed-in answer got back."""
    return FormReceipt(key=payload.id, form_key=payload.form_id, received_at=payload.received_at)


def hall_event_from(payload: HallEventPayload) -> DeliberationHallEvent:
    """Read one event."""
    return DeliberationHallEvent(
        key=payload.id,
        title=payload.title,
        topic=payload.topic,
        hall=payload.hall,
        venue=text_or_none(payload.venue),
        organization=_organization_from(payload),
        region_key=payload.region_code,
        starts_at=payload.starts_at,
        ends_at=payload.ends_at,
        status=payload.status,
        members=each_of(payload.members, member_ref_from),
        participant_count=payload.participant_count,
        outcome=text_or_none(payload.outcome),
    )


def oversight_from(payload: OversightPayload) -> DemocraticOversight:
    """Read one campaign."""
    return DemocraticOversight(
        key=payload.id,
        title=payload.title,
        year=payload.year,
        organization=_organization_from(payload),
        starts_on=payload.starts_on,
        ends_on=payload.ends_on,
        status=payload.status,
        themes=each_of(payload.themes, str),
        findings=each_of(payload.findings, _finding_from),
        reports=each_of(payload.reports, _report_from),
    )


def plan_from(payload: ConsultationPlanPayload) -> ConsultationPlan:
    """Read one plan."""
    return ConsultationPlan(
        key=payload.id,
        title=payload.title,
        year=payload.year,
        organization=_organization_from(payload),
        items=each_of(payload.consultations, _planned_from),
    )


def _organization_from(payload: CommitteesRowPayload) -> Any:
    return organization_ref_from(payload.organization_code, payload.organization_name, payload.organization_level)


def _aspect_from(payload: AspectPayload) -> Aspect:
    return Aspect(code=payload.code, name=payload.name, answer_count=payload.answer_count)


def _finding_from(payload: FindingPayload) -> Finding:
    name = payload.organization_name or ""
    return Finding(
        theme=payload.theme,
        body=payload.body,
        found_at=payload.found_at,
        organization=maybe(payload.organization_code, lambda code: organization_ref_from(code, name)),
    )


def _report_from(payload: OversightReportPayload) -> OversightReport:
    attachments = each_of(payload.attachments, public_attachment_from)
    return OversightReport(key=payload.id, title=payload.title, issued_at=payload.issued_at, attachments=attachments)


def _planned_from(payload: PlannedPayload) -> PlannedConsultation:
    return PlannedConsultation(
        topic=payload.topic,
        form=payload.form,
        month=payload.month,
        lead=payload.lead,
        status=payload.status,
        deliberation_key=payload.deliberation_id,
    )
