"""How many connections stay open: in this process, for one client, for one person, from one address without a token."""

from collections import Counter

from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from gateway.live.settings import LiveSettings

TOO_MANY = "TOO_MANY_CONNECTIONS"


class Seats:
    """One per process."""

    def __init__(self, settings: LiveSettings) -> None:
        self._settings = settings
        self._taken: Counter[str] = Counter()
        self.open = 0

    def take(self, viewer: Viewer, address: str) -> "Seat":
        """Count one more. Raises ``RefusedError`` where that is too many."""
        settings = self._settings
        _check(self.open, settings.max_connections)
        places: list[str] = []
        if viewer.client_id is None:
            _check(self._taken[f"address:{address}"], settings.max_connections_per_address)
            places.append(f"address:{address}")
        else:
            _check(self._taken[f"client:{viewer.client_id}"], settings.max_connections_per_client)
            places.append(f"client:{viewer.client_id}")
        if viewer.person_id is not None:
            _check(self._taken[f"person:{viewer.person_id}"], settings.max_connections_per_person)
            places.append(f"person:{viewer.person_id}")
        return Seat(self, tuple(places))

    def taken(self, place: str) -> None:
        """Note one more there."""
        self._taken[place] += 1

    def left(self, place: str) -> None:
        """Note one less; nothing is kept of who has none."""
        self._taken[place] -= 1
        if not self._taken[place]:
            del self._taken[place]


class Seat:
    """One open connection's; ``leave`` it once the connection is gone."""

    __slots__ = ("_places", "_seats")

    def __init__(self, seats: Seats, places: tuple[str, ...]) -> None:
        self._seats: Seats | None = seats
        self._places = places
        seats.open += 1
        for place in places:
            seats.taken(place)

    def leave(self) -> None:
        """Count it no more. Again does nothing."""
        seats, self._seats = self._seats, None
        if seats is not None:
            seats.open -= 1
            for place in self._places:
                seats.left(place)


def _check(taken: int, most: int) -> None:
    if taken >= most:
        raise RefusedError(TOO_MANY, most=most)
