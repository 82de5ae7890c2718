"""What a member's page tells of deliberations: what they said, and where."""

from collections.abc import Sequence
from typing import Any

from connectors.duty.sandbox.forum.agenda import Talk
from connectors.duty.sandbox.forum.deliberations import ORDERS, Agenda
from connectors.duty.sandbox.forum.thread import NEWEST, Said
from connectors.duty.sandbox.ground import Ground
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, owners_of

Row = dict[str, Any]
_LATEST = ORDERS["OPENS_AT_DESC"]


def speaker_operations(ground: Ground, agenda: Agenda) -> Sequence[Operation]:
    """Both lists; what is not published stands in neither."""

    def spoken_in(key: str) -> list[Talk] | None:
        if key not in ground.members:
            return None
        return sorted(
            (thread.talk for thread in agenda.heard(ground.members[key]) if thread.by(key)), key=_LATEST.place
        )

    def said_by(key: str) -> list[Said] | None:
        if key not in ground.members:
            return None
        threads = agenda.heard(ground.members[key])
        return sorted((said for thread in threads for said in thread.by(key)), key=NEWEST.place)

    def deliberations(asked: Asked) -> Row:
        return owners_of(spoken_in, asked.owners(), _LATEST, asked.page(_LATEST), agenda.row)

    def statements(asked: Asked) -> Row:
        return owners_of(said_by, asked.owners(), NEWEST, asked.page(NEWEST), Said.row)

    own = ("ownerIds", *PAGE)
    return (
        ground.read("members.deliberations", "/members/deliberations", deliberations, own),
        ground.read("members.statements", "/members/statements", statements, own),
    )
