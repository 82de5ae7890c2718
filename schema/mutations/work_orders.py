"""What citizens do about work orders of the 12345 hotline."""

import strawberry

from connectors.ports import WorkOrderDesk
from connectors.records.effect import EffectKind
from connectors.records.work_order import NewFollowUp, NewSupplement, NewWorkOrder
from connectors.records.work_order import WorkOrder as WorkOrderRecord
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Given
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.files import ATTACHMENT
from schema.mutations.naming import asker_in, key_in, keys_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.spots import LocationInput, place_in, spot_in
from schema.mutations.texts import optional_text, text
from schema.question_kind import QuestionKind
from schema.work_order import WorkOrder

TITLE, BODY, COMMENT, FILES = 100, 2_000, 500, 9
"""What the hotline takes at most."""

OWNER = Requirement(Scope.WORKORDER_WRITE, roles=frozenset({Role.CITIZEN}))


@strawberry.input(description="Something reported to the hotline.")
class CreateWorkOrderInput:
    """See ``connectors.records.work_order.NewWorkOrder``."""

    kind: QuestionKind = needed("诉求的性质", "What the citizen wants.")
    title: str = needed("标题，至多 100 字", "In short, at most 100 characters.")
    body: str = needed("内容，至多 2000 字", "In full, at most 2,000 characters.")
    region_code: str = needed("所在区划代码（GB/T 2260）", "GB/T 2260 code of the place it is in.")
    location: LocationInput | None = optional(
        "准确位置；只有本人和承办单位可见", "The exact place; seen by the owner and the handling unit only."
    )
    attachment_ids: list[strawberry.ID] | None = optional(
        "先行上传的照片、语音，至多 9 个", "Photos and voice that were uploaded before, at most 9."
    )
    idempotency_key: str | None = idempotency_key()


setattr(CreateWorkOrderInput, CHINESE, "向 12345 热线反映的事项")


@strawberry.input(description="What its owner adds to a work order that is not closed.")
class SupplementWorkOrderInput:
    """See ``connectors.records.work_order.NewSupplement``."""

    work_order_id: strawberry.ID = needed("工单的全局标识", "Global id of one's own work order.")
    body: str = needed("补充的情况，至多 2000 字", "What is added, at most 2,000 characters.")
    attachment_ids: list[strawberry.ID] | None = optional(
        "先行上传的照片、语音，至多 9 个", "Photos and voice that were uploaded before, at most 9."
    )
    idempotency_key: str | None = idempotency_key()


setattr(SupplementWorkOrderInput, CHINESE, "本人对未办结工单的补充")


@strawberry.input(description="What the owner of a work order says when called back.")
class FollowUpWorkOrderInput:
    """See ``connectors.records.work_order.NewFollowUp``."""

    work_order_id: strawberry.ID = needed("工单的全局标识", "Global id of one's own work order.")
    satisfied: bool = needed("是否满意；不满意则重新办理", "Whether one is content; if not, it is taken up again.")
    comment: str | None = optional("意见，至多 500 字", "In words, at most 500 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(FollowUpWorkOrderInput, CHINESE, "回访时本人的评价")


@described(zh="对工单的办理结果", en="What came of a write to a work order.")
class WorkOrderPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    work_order: WorkOrder | None = value(
        "entity", zh="工单", en="The order as it then stands; null while the write is on its way."
    )


def _order_of(given: Given, _: Viewer) -> NewWorkOrder:
    return NewWorkOrder(
        kind=given["kind"],
        title=text(given["title"], "title", TITLE),
        body=text(given["body"], "body", BODY),
        region_key=place_in(given, "regionCode"),
        location=spot_in(given, "location"),
        attachment_keys=keys_in(given, "attachmentIds", ATTACHMENT, FILES),
    )


def _supplement_of(given: Given, _: Viewer) -> NewSupplement:
    return NewSupplement(
        key=key_in(given, "workOrderId", "WorkOrder"),
        body=text(given["body"], "body", BODY),
        attachment_keys=keys_in(given, "attachmentIds", ATTACHMENT, FILES),
    )


def _follow_up_of(given: Given, _: Viewer) -> NewFollowUp:
    return NewFollowUp(
        key=key_in(given, "workOrderId", "WorkOrder"),
        satisfied=given["satisfied"],
        comment=optional_text(given.get("comment"), "comment", COMMENT),
    )


def order_subject(key: str) -> str:
    """What an act on an order is about."""
    return f"WorkOrder:{key}"


def _of_owner(_: NewWorkOrder, viewer: Viewer) -> str:
    return f"WorkOrdersOf:{asker_in(viewer)}"


def _becomes(order: WorkOrderRecord) -> str:
    return order_subject(order.key)


def _on_order(request: NewSupplement | NewFollowUp, _: Viewer) -> str:
    return order_subject(request.key)


def changes_of_order(_request: object, order: WorkOrderRecord, _viewer: Viewer) -> tuple[str, ...]:
    """What was read before of an order, and of the lists and numbers it stands in."""
    return (f"order:{order.key}", "orders")


def order_topics(_request: object, order: WorkOrderRecord) -> tuple[tuple[str, str], ...]:
    """Who follows an order hears that it changed."""
    return ((f"workOrder:{order.key}", order.key),)


CREATE_WORK_ORDER = Act(
    "createWorkOrder",
    EffectKind.WORK_ORDER,
    WorkOrderDesk.create_work_order,
    NewWorkOrder,
    _order_of,
    subject=_of_owner,
    becomes=_becomes,
    changes=changes_of_order,
    tells=order_topics,
)
SUPPLEMENT_WORK_ORDER = Act(
    "supplementWorkOrder",
    EffectKind.WORK_ORDER_SUPPLEMENT,
    WorkOrderDesk.supplement_work_order,
    NewSupplement,
    _supplement_of,
    subject=_on_order,
    changes=changes_of_order,
    tells=order_topics,
)
FOLLOW_UP_WORK_ORDER = Act(
    "followUpWorkOrder",
    EffectKind.WORK_ORDER_FOLLOW_UP,
    WorkOrderDesk.follow_up_work_order,
    NewFollowUp,
    _follow_up_of,
    subject=_on_order,
    changes=changes_of_order,
    tells=order_topics,
)


@described(zh="对 12345 工单的办理", en="What is done about work orders of the hotline.")
class WorkOrderMutations:
    """Part of ``Mutation``."""

    create_work_order: WorkOrderPayload | None = mutation(
        CREATE_WORK_ORDER,
        CreateWorkOrderInput,
        requires=OWNER,
        zh="向 12345 热线反映，可附照片和准确位置",
        en="Reports something to the hotline, with photos and the exact place; what is no matter for the hotline comes "
        "to TRANSFER_REFUSED.",
    )
    supplement_work_order: WorkOrderPayload | None = mutation(
        SUPPLEMENT_WORK_ORDER,
        SupplementWorkOrderInput,
        requires=OWNER,
        zh="补充本人未办结的工单",
        en="Adds to one's own order while it is not closed.",
    )
    follow_up_work_order: WorkOrderPayload | None = mutation(
        FOLLOW_UP_WORK_ORDER,
        FollowUpWorkOrderInput,
        requires=OWNER,
        zh="评价本人工单的办理：满意则办结，不满意则重新办理",
        en="Rates how one's own order was handled, at the call back or once it is closed: content closes it, else it "
        "is taken up again.",
    )
