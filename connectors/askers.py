"""Who asks, as a text that stands in the names of private entries."""

import msgspec

from connectors.viewer import Role, Viewer

_ANYBODY = frozenset({Role.ANYONE})
_MOST = 512
_written = msgspec.json.Encoder(order="deterministic").encode


class Askers:
    """Remembers the last askers: within one request the same viewer reads many times."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Viewer, str]] = {}  # by identity; the viewer is held, so that no other gets its id

    def text(self, viewer: Viewer) -> str:
        """Everything that is known of an asker, in one line of JSON; empty for who is nobody in particular."""
        known = self._known.get(id(viewer))
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[id(viewer)] = (viewer, _text_of(viewer))
        return known[1]


def is_nobody(viewer: Viewer) -> bool:
    """Whether nothing tells this asker from any other without a token: what they are answered, all are."""
    facts = viewer.person_id or viewer.accounts or viewer.member_key or viewer.employee_code
    return not facts and viewer.roles == _ANYBODY


def _text_of(viewer: Viewer) -> str:
    if is_nobody(viewer):
        return ""
    facts = (
        viewer.person_id,
        viewer.client_id,
        viewer.roles,
        viewer.scopes,
        dict(viewer.accounts),
        viewer.member_key,
        viewer.employee_code,
    )
    return _written(facts).decode()
