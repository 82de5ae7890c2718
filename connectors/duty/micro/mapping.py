"""Payload → record of micro-suggestions."""

from connectors.duty.micro.payloads import MicroStepPayload, MicroSuggestionPayload, SupervisorPayload
from connectors.duty.named import attachment_from, each_of, maybe, member_ref_from, organization_ref_from
from connectors.records.micro_suggestion import MicroStep, MicroSuggestion
from connectors.records.official import OfficialRef


def micro_suggestion_from(payload: MicroSuggestionPayload) -> MicroSuggestion:
    """Read one micro-suggestion."""
    return MicroSuggestion(
        key=payload.id,
        title=payload.title,
        body=payload.body,
        status=payload.status,
        region_key=payload.region_code,
        organization=organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        author=maybe(payload.author, member_ref_from),
        steps=each_of(payload.steps, _step_from),
        supervisors=each_of(payload.supervisors, _supervisor_from),
        attachments=each_of(payload.attachments, attachment_from),
        submitted_at=payload.submitted_at,
        changed_at=payload.changed_at,
    )


def _step_from(payload: MicroStepPayload) -> MicroStep:
    name = payload.organization_name or ""
    return MicroStep(
        kind=payload.kind,
        status=payload.status,
        started_at=payload.started_at,
        finished_at=payload.finished_at,
        organization=maybe(payload.organization_code, lambda code: organization_ref_from(code, name)),
        summary=payload.summary,
    )


def _supervisor_from(payload: SupervisorPayload) -> OfficialRef:
    return OfficialRef(key=payload.employee_code, employee_code=payload.employee_code, name=payload.name)
