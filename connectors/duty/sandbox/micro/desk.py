"""What members submit, and how a suggestion is led through its steps."""

from collections import Counter
from typing import Annotated

import msgspec

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.micro.seeding import KINDS, KeptSuggestion, Step, suggestion_row
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import Shelf
from connectors.duty.sandbox.writes import Key, LongText, ShortText, WriteBody
from connectors.records.micro_suggestion import MicroStatus, MicroStepKind
from connectors.regions import lies_in
from connectors.sandbox.contracted.lists import Row
from connectors.sandbox.contracted.problems import forbidden_move, not_allowed, not_found, rejected

_NEXT = {MicroStatus.NOT_STARTED: MicroStatus.IN_PROGRESS, MicroStatus.IN_PROGRESS: MicroStatus.DONE}


class SuggestionBody(WriteBody, frozen=True, kw_only=True):
    """What a member submits; the place lies in their committee's division."""

    title: ShortText
    body: LongText
    region_code: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}\Z")]


class AdvanceBody(WriteBody, frozen=True, kw_only=True):
    """Begin a step (``IN_PROGRESS``, by an organisation) or end it (``DONE``, with a summary)."""

    suggestion_id: Key
    kind: MicroStepKind
    to: MicroStatus
    organization_code: Key | None = None
    summary: LongText | None = None


class Desk:
    """The writes of ``contract/micro.yaml``; everything is looked at before anything is changed."""

    def __init__(self, ground: Ground, rolls: Rolls, shelf: Shelf[KeptSuggestion]) -> None:
        self._ground = ground
        self._rolls = rolls
        self._shelf = shelf
        self._new = Counter[str]()

    def submitted(self, body: SuggestionBody) -> Row:
        """``POST /micro-suggestions``: the first of its steps is done by that."""
        member, now = self._ground.acting_member(body.actor), self._ground.now()
        region = member.committee.region_code
        if not lies_in(body.region_code, region):
            raise rejected("INVALID_BODY", "regionCode lies in the committee's division")
        self._new[region] += 1
        suggestion = KeptSuggestion(
            id=f"W{region}N{self._new[region]:04d}",
            committee=member.committee,
            author=member,
            title=body.title,
            body=body.body,
            region_code=body.region_code,
            submitted_at=now,
            changed_at=now,
        )
        office = self._rolls.units[f"{member.committee.code}bg"]
        suggestion.steps[0] = Step(KINDS[0], MicroStatus.DONE, now, now, office, "委员提交微建议。")
        self._shelf.put(suggestion)
        return suggestion_row(suggestion)

    def advanced(self, body: AdvanceBody) -> Row:
        """``POST /micro-suggestions/steps``: by staff of its committee, or its author."""
        suggestion = self._shelf.get(body.suggestion_id)
        if suggestion is None:
            raise not_found("no such micro-suggestion")
        self._must_be_one_of_them(suggestion, body)
        step = suggestion.steps[KINDS.index(body.kind)]
        allowed = self._allowed(suggestion, step)
        if body.to is not allowed:
            raise forbidden_move(step.status.value, body.to.value, [allowed.value] if allowed else [])
        self._moved(step, body)
        suggestion.changed_at = self._ground.now()
        self._shelf.changed(suggestion)
        return suggestion_row(suggestion)

    def _must_be_one_of_them(self, suggestion: KeptSuggestion, body: AdvanceBody) -> None:
        members, actor = self._ground.members_by_employee, body.actor
        author = self._ground.members.get(actor.member_id or "") or members.get(actor.employee_code or "")
        if author is suggestion.author:
            return
        if not self._rolls.is_staff_of(suggestion.committee, actor.employee_code):
            raise not_allowed("only its author and staff of its committee lead it on")

    @staticmethod
    def _allowed(suggestion: KeptSuggestion, step: Step) -> MicroStatus | None:
        """What may become of a step: it waits for the one before it."""
        at = suggestion.steps.index(step)
        waits = at > 0 and suggestion.steps[at - 1].status is not MicroStatus.DONE
        return None if waits else _NEXT.get(step.status)

    def _moved(self, step: Step, body: AdvanceBody) -> None:
        if body.to is MicroStatus.IN_PROGRESS:
            unit = self._rolls.units.get(body.organization_code or "")
            if unit is None or body.summary is not None:
                raise rejected("INVALID_BODY", "a step is begun by an organisation, without a summary")
            step.unit, step.started_at = unit, self._ground.now()
        else:
            if body.summary is None or body.organization_code is not None:
                raise rejected("INVALID_BODY", "a step is ended with a summary, by whom it was begun")
            step.summary, step.finished_at = body.summary, self._ground.now()
        step.status = body.to
