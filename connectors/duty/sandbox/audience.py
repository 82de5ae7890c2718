"""For whom a read is made: rows, cursors and totals are of what that viewer may see (``contract/proposals.yaml``)."""

from dataclasses import dataclass

from connectors.sandbox.contracted.lists import Asked

VIEWER = ("viewerMemberId", "viewerStaff", "viewerPartner")
"""The parameters of every read whose answer depends on who asks."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """Who looks; all None or False is the public."""

    member: str | None = None
    staff: bool = False
    partner: bool = False


def viewing(asked: Asked) -> Viewing:
    """The viewer the parameters name."""
    return Viewing(
        asked.key("viewerMemberId"), asked.flag("viewerStaff") or False, asked.flag("viewerPartner") or False
    )
