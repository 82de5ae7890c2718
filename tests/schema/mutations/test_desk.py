"""What officials write becomes what the work app is asked for."""

from typing import Any

import pytest

from connectors.records.message import MessageKind, NewMessage
from connectors.records.office import NewNotice, ReadNotices
from connectors.records.todo import FinishedTodo
from connectors.viewer import Viewer
from schema.acts import InputError
from schema.identifiers import global_id
from schema.mutations.messages import SEND_MESSAGE
from schema.mutations.notices import MARK_NOTICES_READ, PUBLISH_NOTICE
from schema.mutations.todos import COMPLETE_TODO

OFFICIAL = Viewer(person_id="p_1", employee_code="GE_1")
GIVEN = {"kind": MessageKind.CHAT, "body": "下午开会。", "receiverIds": [global_id("Official", "GE_2")]}


def test_a_message_has_what_its_kind_has() -> None:
    """A title goes with mail, a name with a group; its write id comes when it is kept."""
    chat = SEND_MESSAGE.made(GIVEN | {"title": None}, OFFICIAL)
    mail = SEND_MESSAGE.made(GIVEN | {"kind": MessageKind.MAIL, "title": " 通知 "}, OFFICIAL)
    group = SEND_MESSAGE.made(GIVEN | {"kind": MessageKind.GROUP, "group": "专班"}, OFFICIAL)

    assert chat == NewMessage(write_id="", kind=MessageKind.CHAT, body="下午开会。", receivers=("GE_2",))
    assert (mail.title, mail.group) == ("通知", None)
    assert (group.title, group.group) == (None, "专班")
    assert SEND_MESSAGE.subject(chat, OFFICIAL).startswith("Desk:")
    assert str(OFFICIAL.person_id) not in SEND_MESSAGE.subject(chat, OFFICIAL)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"kind": MessageKind.MAIL, "title": " "}, "TEXT_MISSING", "title"),
        ({"kind": MessageKind.MAIL, "title": "长" * 201}, "TEXT_TOO_LONG", "title"),
        ({"group": "专班"}, "NOT_FOR_THIS_KIND", "group"),
        ({"receiverIds": []}, "NO_ENTRIES", "receiverIds"),
        ({"kind": MessageKind.SMS, "body": "长" * 501}, "TEXT_TOO_LONG", "body"),
    ],
)
def test_what_does_not_go_together_is_told(more: dict[str, Any], code: str, field: str) -> None:
    """With its field."""
    with pytest.raises(InputError) as refused:
        SEND_MESSAGE.made(GIVEN | more, OFFICIAL)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_notice_comes_from_an_organization_and_goes_to_some() -> None:
    """Each named once; what one publisher publishes keeps its order."""
    unit = global_id("Organization", "GO_1")

    made = PUBLISH_NOTICE.made(
        {"publisherId": unit, "audienceIds": [unit, unit], "title": "通知", "body": "正文"}, OFFICIAL
    )

    assert made == NewNotice(write_id="", title="通知", body="正文", publisher_key="GO_1", audience=("GO_1",))
    assert PUBLISH_NOTICE.subject(made, OFFICIAL) == "NoticesOf:GO_1"


def test_what_was_read_and_what_is_done_are_told_by_their_keys() -> None:
    """The platform answers nothing of either: the payload tells what was asked for."""
    read = MARK_NOTICES_READ.made({"noticeIds": [global_id("Notice", "N1")]}, OFFICIAL)
    done = COMPLETE_TODO.made({"todoId": global_id("Todo", "T1")}, OFFICIAL)

    assert (read, MARK_NOTICES_READ.entity(None, read)) == (ReadNotices(keys=("N1",)), ("N1",))
    assert (done, COMPLETE_TODO.entity(None, done)) == (FinishedTodo(key="T1"), "T1")
    assert tuple(COMPLETE_TODO.changes(done, None, OFFICIAL)) == ("employee:GE_1",)
