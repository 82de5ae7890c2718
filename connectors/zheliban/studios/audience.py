"""Who asks the studio service, and what of its answers they may see.

The service itself leaves private questions out; here its answer is checked again, so that a fault of the platform
does not become a leak of ours. Where a fact this hangs on cannot be read, nothing is shown: the row is an error.
"""

from dataclasses import dataclass
from typing import Any

from connectors.errors import PlatformError
from connectors.records.question import Moderation, Visibility
from connectors.viewer import Role, Viewer
from connectors.zheliban.studios.payloads import AccessPayload, Grounds

_UNDECIDED = (Moderation.WAITING, Moderation.REFUSED)
"""What its asker agreed to have published and nobody has yet: moderators decide on it, and may change their mind."""


@dataclass(frozen=True, slots=True)
class Audience:
    """All that decides which questions somebody sees; its repr tells answers for different people apart."""

    account: str | None
    member_key: str | None
    staff: bool
    moderator: bool = False

    def params(self) -> dict[str, str]:
        """How the studio service is told."""
        told = {
            "viewerId": self.account,
            "viewerMemberId": self.member_key,
            "viewerStaff": "true" * self.staff,
            "viewerModerator": "true" * self.moderator,
        }
        return {name: value for name, value in told.items() if value}


def audience_of(viewer: Viewer, platform: str) -> Audience:
    """The facts about a viewer that count on this platform."""
    roles = viewer.roles
    return Audience(viewer.accounts.get(platform), viewer.member_key, Role.STAFF in roles, Role.MODERATOR in roles)


def visible(access: AccessPayload | PlatformError, audience: Audience) -> bool | PlatformError:
    """Whether somebody may see a question; the error where what decides that is broken.

    A row does not tell the studio's members, so for those the platform's word is taken, from members only.
    """
    if isinstance(access, PlatformError):
        return access
    if visibility_from(access) is Visibility.PUBLIC or audience.staff:
        return True
    if audience.moderator and access.moderation in _UNDECIDED:
        return True
    if audience.account is not None and access.askerId == audience.account:
        return True
    if audience.member_key is not None and (
        access.addresseeId == audience.member_key or access.grounds is Grounds.STUDIO
    ):
        return True
    return _broken_in(access) or False


def visibility_from(access: AccessPayload) -> Visibility | PlatformError:
    """The record's visibility: public once the asker agreed **and** moderation published (domain-terms section 5).

    On the wire ``visibility`` is the asker's wish alone.
    """
    if access.visibility is Visibility.PUBLIC and access.moderation is Moderation.PUBLISHED:
        return Visibility.PUBLIC
    facts: tuple[Any, ...] = (access.visibility, access.moderation)
    if Visibility.PRIVATE in facts or any(
        isinstance(fact, Moderation) and fact is not Moderation.PUBLISHED for fact in facts
    ):
        return Visibility.PRIVATE
    return _broken_in(access) or Visibility.PRIVATE


def _broken_in(access: AccessPayload) -> PlatformError | None:
    facts: tuple[Any, ...] = (
        access.visibility,
        access.moderation,
        access.askerId,
        access.addresseeId,
        access.grounds,
    )
    return next((fact for fact in facts if isinstance(fact, PlatformError)), None)
