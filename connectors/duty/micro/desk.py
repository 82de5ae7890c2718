"""``MicroSuggestionDesk`` over the duty platform."""

from connectors.contracted.rows import Shape
from connectors.duty.audience import official_first
from connectors.duty.desks import DutyDesk, Write, member_of
from connectors.duty.micro.mapping import micro_suggestion_from
from connectors.duty.micro.payloads import MicroSuggestionPayload
from connectors.records.micro_suggestion import MicroStepMove, MicroSuggestion, MicroSuggestionDraft
from connectors.viewer import Ask

_SUGGESTION = Shape(MicroSuggestionPayload, micro_suggestion_from)
SUBMIT = Write("micro.submit", "/micro-suggestions", _SUGGESTION)
ADVANCE = Write("micro.advance", "/micro-suggestions/steps", _SUGGESTION)


class DutyMicroSuggestionDesk:
    """Each write is one call; what it answers is the suggestion as it then stands."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def submit_micro_suggestion(self, draft: MicroSuggestionDraft, write_id: str, ask: Ask) -> MicroSuggestion:
        """``POST /micro-suggestions``."""
        body = {"title": draft.title, "body": draft.body, "regionCode": draft.region_key}
        return await self._desk.done(SUBMIT, body, write_id, member_of(ask.viewer), ask)

    async def advance_micro_step(self, move: MicroStepMove, write_id: str, ask: Ask) -> MicroSuggestion:
        """``POST /micro-suggestions/steps``; who is member and official acts as official."""
        body = {
            "suggestionId": self._desk.known(ADVANCE, move.key),
            "kind": move.kind.value,
            "to": move.to.value,
            "organizationCode": move.organization_key,
            "summary": move.summary,
        }
        sent = {name: value for name, value in body.items() if value is not None}
        return await self._desk.done(ADVANCE, sent, write_id, official_first(ask.viewer), ask)
