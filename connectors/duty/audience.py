"""Who asks: what of proposals and opinion reports they may see, and as whom they act.

The platform leaves out what the asker may not see; here its answer is checked again, so that a fault of the platform
does not become a leak of ours. What cannot be read is not shown: the error stands in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.duty.desks import member_of
from connectors.viewer import Role, Scope, Viewer


@dataclass(frozen=True, slots=True)
class Audience:
    """All that decides; its parameters stand in every read, and so in the names of what is kept."""

    member_key: str | None
    staff: bool
    partner: bool

    @property
    def public(self) -> bool:
        """Whether they are nobody in particular."""
        return not (self.member_key or self.staff or self.partner)

    def params(self) -> dict[str, str]:
        """How the platform is told; nothing for the public."""
        told = {
            "viewerMemberId": self.member_key,
            "viewerStaff": "true" * self.staff,
            "viewerPartner": "true" * self.partner,
        }
        return {name: value for name, value in told.items() if value}


def audience_of(viewer: Viewer) -> Audience:
    """The facts about a viewer that count here; a system counts as partner with scope ``opinion:read`` only."""
    partner = Role.PARTNER in viewer.roles and viewer.holds(Scope.OPINION_READ)
    return Audience(viewer.member_key, Role.STAFF in viewer.roles, partner)


def official_first(viewer: Viewer) -> Mapping[str, str] | None:
    """The asker as an official, else as a member: who is both acts here for the office or the unit. None for neither.

    The platform knows members by their employee code too.
    """
    return {"employeeCode": viewer.employee_code} if viewer.employee_code else member_of(viewer)
