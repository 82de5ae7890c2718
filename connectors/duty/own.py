"""What is a member's own and the offices': nobody else is told, and the platform is not even asked.

The platform is told who looks too, and leaves out what they may not see; here its answer is looked at again where a
row tells whose it is, so that a fault of the platform does not become a leak of ours.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from connectors.errors import NotAllowedError, PlatformError
from connectors.lenient import kept
from connectors.viewer import Role, Viewer

T = TypeVar("T")


def sees(viewer: Viewer, member_key: str) -> bool:
    """Whether the viewer is that member, or staff of a committee's office."""
    return Role.STAFF in viewer.roles or (viewer.member_key is not None and viewer.member_key == member_key)


def looking(viewer: Viewer) -> dict[str, str]:
    """Who looks, as parameters; they stand in every read, and so in the names of what is kept."""
    told = {"viewerMemberId": viewer.member_key, "viewerStaff": "true" if Role.STAFF in viewer.roles else None}
    return {name: value for name, value in told.items() if value}


async def of_own(
    keys: Sequence[str],
    viewer: Viewer,
    refused: NotAllowedError,
    read: Callable[[Sequence[str]], Awaitable[Sequence[T | PlatformError]]],
) -> list[T | PlatformError]:
    """Read the members the viewer may look at; in the place of the others stands ``refused``."""
    seen = list(dict.fromkeys(key for key in keys if sees(viewer, key)))
    found = dict(zip(seen, await read(seen) if seen else (), strict=True))
    return [found.get(key, refused) for key in keys]


def only_own(record: Any, viewer: Viewer) -> Any:
    """A record that names its ``member``: None for somebody else's; where it does not tell whose it is, that error."""
    if record is None or isinstance(record, PlatformError) or Role.STAFF in viewer.roles:
        return record
    mine = kept(record.member, lambda member: kept(member.key, lambda key: sees(viewer, key)))
    return mine if isinstance(mine, PlatformError) else record if mine else None
