"""Who asks the studio service, and what of its answers they may see.

The service itself leaves private questions out; here its answer is checked again, so that a fault of the platform
does not become a leak of ours.
"""

from dataclasses import dataclass

from connectors.records.question import Visibility
from connectors.viewer import Role, Viewer
from connectors.zheliban.mapping import visibility_from
from connectors.zheliban.payloads import AccessPayload, Grounds


@dataclass(frozen=True, slots=True)
class Audience:
    """All that decides which questions somebody sees; its repr tells answers for different people apart."""

    account: str | None
    member_key: str | None
    staff: bool

    def params(self) -> dict[str, str]:
        """How the studio service is told."""
        told = {"viewerId": self.account, "viewerMemberId": self.member_key, "viewerStaff": "true" * self.staff}
        return {name: value for name, value in told.items() if value}


def audience_of(viewer: Viewer, platform: str) -> Audience:
    """The facts about a viewer that count on this platform."""
    return Audience(viewer.accounts.get(platform), viewer.member_key, Role.STAFF in viewer.roles)


def visible(access: AccessPayload, audience: Audience) -> bool:
    """Whether somebody may see a question.

    A row does not tell the studio's members, so for those the platform's word is taken, from members only.
    """
    if visibility_from(access) is Visibility.PUBLIC or audience.staff:
        return True
    if audience.account is not None and access.askerId == audience.account:
        return True
    if audience.member_key is None:
        return False
    return access.addresseeId == audience.member_key or access.grounds is Grounds.STUDIO
