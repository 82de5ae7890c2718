"""What belongs together: a committee's remote consultations, the meetings held for them, the proposals they are on."""

from connectors.records.deliberation import DeliberationKind, DeliberationStatus

_REMOTE = list(DeliberationKind).index(DeliberationKind.REMOTE_CONSULTATION)


def remote_talk(region: str, status: DeliberationStatus) -> str:
    """The key of a committee's remote consultation in that state; ``forum/agenda.py`` numbers them so."""
    return f"DL{region}{list(DeliberationStatus).index(status) * len(DeliberationKind) + _REMOTE:03d}"


def remote_talks(region: str) -> list[str]:
    """All four of them."""
    return [remote_talk(region, status) for status in DeliberationStatus]
