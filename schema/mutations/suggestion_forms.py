"""Answering suggestion forms."""

from datetime import datetime

import strawberry

from connectors.ports import SuggestionFormDesk, SuggestionFormSource
from connectors.records.effect import EffectKind
from connectors.records.suggestion_form import FormReceipt, SuggestionFormAnswer
from connectors.viewer import Viewer
from schema.acts import Act, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, link, mutation, needed, optional, value
from schema.guards import may_take_part
from schema.mutations.naming import asker_in, key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import LONG, SHORT, optional_text, text
from schema.suggestion_form import SuggestionForm

MOST_ASPECTS = 20


@strawberry.input(description="An answer to a suggestion form.")
class AnswerSuggestionFormInput:
    """See ``connectors.records.suggestion_form.SuggestionFormAnswer``."""

    suggestion_form_id: strawberry.ID = needed("问卷的全局标识", "Global id of the form.")
    aspects: list[str] = needed("所选方面的代码，1 至 20 个", "Codes of the aspects it speaks to, 1 to 20.")
    body: str = needed("建言，至多 10000 字", "What is suggested, at most 10,000 characters.")
    name: str | None = optional("愿意留下的姓名；不填则不记名", "A name to keep with it; without one it is nameless.")
    idempotency_key: str | None = idempotency_key()


setattr(AnswerSuggestionFormInput, CHINESE, "对问卷的建言")


@described(zh="收到建言的回执", en="That an answer was taken.")
class SuggestionFormReceipt:
    """Read from ``connectors.records.suggestion_form.FormReceipt``; answers are shown to nobody here."""

    received_at: datetime | None = value("received_at", zh="收到时间", en="When.")
    form: SuggestionForm | None = link(
        SuggestionFormSource.load_suggestion_forms, key="form_key", zh="问卷", en="The form, with the answer counted."
    )


@described(zh="建言的结果", en="What came of an answer to a form.")
class AnswerSuggestionFormPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    receipt: SuggestionFormReceipt | None = value("entity", zh="回执", en="The receipt; null while it is on its way.")


def _answer(given: Given, _: Viewer) -> SuggestionFormAnswer:
    aspects = given["aspects"]
    if not aspects:
        raise InputError("PART_MISSING", "aspects")
    if len(aspects) > MOST_ASPECTS:
        raise InputError("TOO_MANY_ENTRIES", "aspects", most=MOST_ASPECTS)
    return SuggestionFormAnswer(
        form_key=key_in(given, "suggestionFormId", "SuggestionForm"),
        aspects=tuple(dict.fromkeys(text(one, "aspects", SHORT) for one in aspects)),
        body=text(given["body"], "body", LONG),
        name=optional_text(given.get("name"), "name", SHORT),
    )


def _changes(request: SuggestionFormAnswer, _receipt: FormReceipt, _viewer: Viewer) -> tuple[str, ...]:
    return (f"suggestion-form:{request.form_key}", "suggestion-forms")


ANSWER = Act(
    "answerSuggestionForm",
    EffectKind.FORM_ANSWER,
    SuggestionFormDesk.answer_suggestion_form,
    SuggestionFormAnswer,
    _answer,
    subject=lambda answer, viewer: f"Answer:{answer.form_key}:{asker_in(viewer)}",
    changes=_changes,
)


@described(zh="扫码建言", en="Answering suggestion forms.")
class SuggestionFormMutations:
    """Part of ``Mutation``."""

    answer_suggestion_form: AnswerSuggestionFormPayload | None = mutation(
        ANSWER,
        AnswerSuggestionFormInput,
        requires=Requirement(sees=may_take_part),
        zh="扫码建言，每人一次；委员需 duty:write，群众需 question:write",
        en="Answer a form, once a person. Members need duty:write, citizens question:write.",
    )
