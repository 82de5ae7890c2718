"""What is done with micro-suggestions: submitting one, and leading it through its steps."""

import strawberry

from connectors.ports import MicroSuggestionDesk
from connectors.records.effect import EffectKind
from connectors.records.micro_suggestion import MicroStatus, MicroStepKind, MicroStepMove, MicroSuggestionDraft
from connectors.records.micro_suggestion import MicroSuggestion as MicroSuggestionRecord
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.identifiers import key_named
from schema.micro_suggestion import MicroSuggestion
from schema.mutations.naming import key_in, new_subject
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.proposals import MEMBERS
from schema.mutations.tags import of_members
from schema.mutations.texts import LONG, SHORT, optional_text, text

_LEADING = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER, Role.STAFF}))


@strawberry.input(description="A micro-suggestion.")
class SubmitMicroSuggestionInput:
    """See ``connectors.records.micro_suggestion.MicroSuggestionDraft``."""

    title: str = needed("标题，至多 200 字", "In short, at most 200 characters.")
    body: str = needed("正文，至多 10000 字", "In full, at most 10,000 characters.")
    region_code: str = needed(
        "涉及的区划代码（GB/T 2260），须在本政协组织的区域内",
        "GB/T 2260 code of the place it is about, in the committee's division.",
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="Beginning a step of a micro-suggestion, or ending it.")
class AdvanceMicroStepInput:
    """See ``connectors.records.micro_suggestion.MicroStepMove``."""

    micro_suggestion_id: strawberry.ID = needed("微建议的全局标识", "Global id of the micro-suggestion.")
    kind: MicroStepKind = needed("哪一步", "Which step.")
    to: MicroStatus = needed("IN_PROGRESS 为开始，DONE 为完成", "`IN_PROGRESS` begins it, `DONE` ends it.")
    organization_id: strawberry.ID | None = optional("牵头单位；开始时必填", "Who takes it; needed to begin it.")
    summary: str | None = optional(
        "小结，至多 10000 字；完成时必填", "What came of it, at most 10,000 characters; needed to end it."
    )
    idempotency_key: str | None = idempotency_key()


setattr(SubmitMicroSuggestionInput, CHINESE, "微建议")
setattr(AdvanceMicroStepInput, CHINESE, "开始或完成微建议的一步")


@described(zh="微建议的写入结果", en="What came of writing a micro-suggestion.")
class MicroSuggestionPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    micro_suggestion: MicroSuggestion | None = value(
        "entity", zh="微建议", en="The micro-suggestion as it now stands; null while that is on its way."
    )


def _draft(given: Given, _: Viewer) -> MicroSuggestionDraft:
    return MicroSuggestionDraft(
        title=text(given["title"], "title", SHORT),
        body=text(given["body"], "body", LONG),
        region_key=text(given["regionCode"], "regionCode", SHORT),
    )


def _step(given: Given, _: Viewer) -> MicroStepMove:
    """A step is begun by somebody, and ended with a summary."""
    to: MicroStatus = given["to"]
    organization, summary = given.get("organizationId"), optional_text(given.get("summary"), "summary", LONG)
    for field, part, taken_by in (
        ("organizationId", organization, MicroStatus.IN_PROGRESS),
        ("summary", summary, MicroStatus.DONE),
    ):
        if part is None and to is taken_by:
            raise InputError("PART_MISSING", field)
        if part is not None and to is not taken_by:
            raise InputError("PART_NOT_TAKEN", field)
    return MicroStepMove(
        key=key_in(given, "microSuggestionId", "MicroSuggestion"),
        kind=given["kind"],
        to=to,
        organization_key=key_named(organization, "Organization"),
        summary=summary,
    )


def _changes(_request: object, made: MicroSuggestionRecord, _viewer: Viewer) -> tuple[str, ...]:
    return (f"micro-suggestion:{made.key}", "micro-suggestions", *of_members(made.author))


SUBMIT = Act(
    "submitMicroSuggestion",
    EffectKind.MICRO_SUGGESTION,
    MicroSuggestionDesk.submit_micro_suggestion,
    MicroSuggestionDraft,
    _draft,
    subject=lambda draft, viewer: new_subject("MicroSuggestion", draft, viewer),
    changes=_changes,
)
ADVANCE = Act(
    "advanceMicroStep",
    EffectKind.MICRO_STEP,
    MicroSuggestionDesk.advance_micro_step,
    MicroStepMove,
    _step,
    subject=lambda move, _: f"MicroSuggestion:{move.key}",
    changes=_changes,
)


@described(zh="对微建议的办理", en="What is done with micro-suggestions.")
class MicroSuggestionMutations:
    """Part of ``Mutation``."""

    submit_micro_suggestion: MicroSuggestionPayload | None = mutation(
        SUBMIT,
        SubmitMicroSuggestionInput,
        requires=MEMBERS,
        zh="委员提交微建议，五微的第一步随之完成",
        en="A member submits a micro-suggestion; the first of its five steps is done by that.",
    )
    advance_micro_step: MicroSuggestionPayload | None = mutation(
        ADVANCE,
        AdvanceMicroStepInput,
        requires=_LEADING,
        zh="推进微建议的一步：须先完成前一步；提出人或本政协组织的机关人员办理",
        en="Its author or the committee's office begins a step or ends it; the step before must be done.",
    )
