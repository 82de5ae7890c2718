"""Tickets and tokens of the unified sign-on: a ticket can be used once, a token until it ends (wire-formats F10)."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_TICKET_SECONDS = 300
_TOKEN_SECONDS = 7200


@dataclass(frozen=True, slots=True)
class _Issued:
    person: str
    app_id: str
    ends_at: float


class TicketBook:
    """What was issued and has not ended; ``clock`` in seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tickets: OrderedDict[str, _Issued] = OrderedDict()
        self._tokens: OrderedDict[str, _Issued] = OrderedDict()

    def issue(self, person: str, app_id: str) -> str:
        """A ticket for that person and application."""
        return self._put(self._tickets, "tk_", person, app_id, _TICKET_SECONDS)

    def exchange(self, ticket: str, app_id: str) -> str | None:
        """A token for a ticket, which is used up by it; None, and nothing used, when it is not that application's."""
        issued = self._tickets.get(ticket)
        if issued is None or issued.app_id != app_id or issued.ends_at <= self._clock():
            return None
        del self._tickets[ticket]
        return self._put(self._tokens, "at_", issued.person, app_id, _TOKEN_SECONDS)

    def person_of(self, token: str) -> str | None:
        """Whose a token is; None once it ended."""
        issued = self._tokens.get(token)
        return issued.person if issued is not None and issued.ends_at > self._clock() else None

    def _put(self, book: OrderedDict[str, _Issued], prefix: str, person: str, app_id: str, seconds: int) -> str:
        now = self._clock()
        while book and next(iter(book.values())).ends_at <= now:
            book.popitem(last=False)
        value = prefix + secrets.token_hex(16)
        book[value] = _Issued(person, app_id, now + seconds)
        return value
