"""Questions that the office hands on to the 12345 hotline."""

import msgspec
import strawberry

from connectors.ports import WorkOrderDesk
from connectors.records.effect import EffectKind
from connectors.records.question_writes import TransferTarget
from connectors.records.record import Record
from connectors.records.work_order import NewWorkOrder
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Finder, Given
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional
from schema.mutations.about_questions import question_named, question_subject
from schema.mutations.handing_on import NOTHING_LEFT, drafted, handed_on, question_to_hand_on
from schema.mutations.payload import idempotency_key
from schema.mutations.spots import place_in
from schema.mutations.work_orders import WorkOrderPayload, changes_of_order, order_topics


@strawberry.input(description="A question that the hotline is to take over.")
class ConvertQuestionToWorkOrderInput:
    """See ``connectors.records.work_order.NewWorkOrder``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    region_code: str | None = optional(
        "所在区划代码（GB/T 2260）；不填同提问", "GB/T 2260 code of the place it is in; the question's where left out."
    )
    idempotency_key: str | None = idempotency_key()


setattr(ConvertQuestionToWorkOrderInput, CHINESE, "要转 12345 热线的提问")


class OrderConversion(Record, frozen=True):
    """Which question becomes an order; ``draft`` once the question was read."""

    question_key: str
    region_key: str | None
    draft: NewWorkOrder | None = None


def _order_of(given: Given, _: Viewer) -> OrderConversion:
    region = None if given.get("regionCode") is None else place_in(given, "regionCode")
    return OrderConversion(question_key=question_named(given), region_key=region)


async def _in_the_askers_words(asked: OrderConversion, find: Finder, ask: Ask) -> OrderConversion:
    question = await question_to_hand_on(asked.question_key, find, ask)
    draft = NewWorkOrder(
        kind=question.kind,
        title=question.title,
        body=question.body,
        region_key=asked.region_key or question.region_key,
        source_question_key=question.key,
    )
    return msgspec.structs.replace(asked, draft=draft)


TO_ORDER = Act(
    "convertQuestionToWorkOrder",
    EffectKind.WORK_ORDER,
    WorkOrderDesk.create_work_order,
    OrderConversion,
    _order_of,
    subject=lambda asked, _: question_subject(asked.question_key),
    filled=_in_the_askers_words,
    call=drafted,
    alone=True,
    follows=(handed_on(TransferTarget.WORK_ORDER, "已转 12345 热线办理"), NOTHING_LEFT),
    changes=changes_of_order,
    tells=order_topics,
)


@described(zh="转 12345 热线的提问", en="Questions that the hotline takes over.")
class HotlineMutations:
    """Part of ``Mutation``."""

    convert_question_to_work_order: WorkOrderPayload | None = mutation(
        TO_ORDER,
        ConvertQuestionToWorkOrderInput,
        requires=Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.STAFF})),
        zh="工作人员将提问转 12345 热线：以提问人的名义和原文生成工单，提问随后转办",
        en="Staff hand a question on to the hotline: the order is the asker's, in their own words; the question is "
        "handed on then.",
    )
