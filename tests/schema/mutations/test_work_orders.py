"""What a citizen reports becomes what the hotline is asked for."""

from typing import Any

import pytest

from connectors.records.question import QuestionKind
from connectors.records.work_order import Location, NewFollowUp, NewSupplement, NewWorkOrder
from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from schema.acts import InputError
from schema.identifiers import global_id
from schema.mutations.work_orders import CREATE_WORK_ORDER, FOLLOW_UP_WORK_ORDER, SUPPLEMENT_WORK_ORDER

ASKER = Viewer(person_id="p_1")
GIVEN = {"kind": QuestionKind.HELP, "title": "路灯不亮", "body": "坏了一周。", "regionCode": "331002"}
PLACE = {"latitude": 28.66, "longitude": 121.42, "address": " 建设路 12 号 "}
PHOTO = global_id("Attachment", "F1")
ORDER = global_id("WorkOrder", "W1")


def test_an_order_is_read_whole() -> None:
    """Texts are trimmed, ids become keys, each file is named once; who reports keeps their order."""
    made = CREATE_WORK_ORDER.made(GIVEN | {"location": PLACE, "attachmentIds": [PHOTO, PHOTO]}, ASKER)

    assert made == NewWorkOrder(
        kind=QuestionKind.HELP,
        title="路灯不亮",
        body="坏了一周。",
        region_key="331002",
        location=Location(latitude=28.66, longitude=121.42, address="建设路 12 号"),
        attachment_keys=("F1",),
    )
    assert CREATE_WORK_ORDER.subject(made, ASKER).startswith("WorkOrdersOf:")
    assert "p_1" not in CREATE_WORK_ORDER.subject(made, ASKER)


def test_what_may_be_left_out_may_be_null() -> None:
    """A place and files are not needed."""
    made = CREATE_WORK_ORDER.made(GIVEN | {"location": None, "attachmentIds": None}, ASKER)

    assert (made.location, made.attachment_keys) == (None, ())


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"regionCode": "000000"}, "UNKNOWN_PLACE", "regionCode"),
        ({"location": PLACE | {"longitude": -180.5}}, "BAD_LOCATION", "location"),
        ({"location": PLACE | {"latitude": float("nan")}}, "BAD_LOCATION", "location"),
        ({"location": PLACE | {"address": "长" * 201}}, "TEXT_TOO_LONG", "location.address"),
    ],
)
def test_a_place_is_one_on_the_earth(more: dict[str, Any], code: str, field: str) -> None:
    """Else it can be mended."""
    with pytest.raises(InputError) as refused:
        CREATE_WORK_ORDER.made(GIVEN | more, ASKER)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_is_added_and_said_names_the_order() -> None:
    """Both are about it, and keep their order."""
    added = SUPPLEMENT_WORK_ORDER.made({"workOrderId": ORDER, "body": "还不亮。", "attachmentIds": [PHOTO]}, ASKER)
    said = FOLLOW_UP_WORK_ORDER.made({"workOrderId": ORDER, "satisfied": False, "comment": "  "}, ASKER)

    assert added == NewSupplement(key="W1", body="还不亮。", attachment_keys=("F1",))
    assert said == NewFollowUp(key="W1", satisfied=False, comment=None)
    assert SUPPLEMENT_WORK_ORDER.subject(added, ASKER) == FOLLOW_UP_WORK_ORDER.subject(said, ASKER) == "WorkOrder:W1"


def test_an_order_is_named_by_its_own_id() -> None:
    """Another thing's is refused."""
    with pytest.raises(RefusedError) as refused:
        FOLLOW_UP_WORK_ORDER.made({"workOrderId": PHOTO, "satisfied": True}, ASKER)

    assert refused.value.code == "BAD_ID"
