"""``SuggestionFormDesk`` over the duty platform."""

from connectors.contracted.rows import Shape
from connectors.duty.consulting.mapping import receipt_from
from connectors.duty.consulting.payloads import FormReceiptPayload
from connectors.duty.desks import DutyDesk, Write, speaker_of
from connectors.records.suggestion_form import FormReceipt, SuggestionFormAnswer
from connectors.viewer import Ask

ANSWER = Write("forms.answer", "/suggestion-forms/answers", Shape(FormReceiptPayload, receipt_from))


class DutySuggestionFormDesk:
    """Members and citizens answer; the platform takes one answer of each to a form."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def answer_suggestion_form(self, answer: SuggestionFormAnswer, write_id: str, ask: Ask) -> FormReceipt:
        """``POST /suggestion-forms/answers``."""
        body = {
            "formId": self._desk.known(ANSWER, answer.form_key),
            "aspects": list(answer.aspects),
            "body": answer.body,
        }
        named = body if answer.name is None else body | {"name": answer.name}
        return await self._desk.done(ANSWER, named, write_id, speaker_of(ask.viewer), ask)
