"""Who looks, as the gateway tells: what is a member's own and the offices' is left out for others."""

from dataclasses import dataclass

from connectors.sandbox.contracted.lists import Asked

VIEWER = ("viewerMemberId", "viewerStaff")


@dataclass(frozen=True, slots=True)
class Viewing:
    """The person behind the call; nobody in particular without either."""

    member: str | None
    staff: bool

    def sees(self, member: str) -> bool:
        """Whether what is that member's own may be told."""
        return self.staff or (self.member is not None and self.member == member)


def viewing(asked: Asked) -> Viewing:
    """Read ``viewerMemberId`` and ``viewerStaff``."""
    return Viewing(asked.key("viewerMemberId"), asked.flag("viewerStaff") or False)
