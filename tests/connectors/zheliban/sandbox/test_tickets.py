"""How long tickets and tokens last."""

import pytest

from connectors.zheliban.sandbox.tickets import TicketBook


class Clock:
    """A clock that is moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The platform's clock."""
    return Clock()


def test_a_token_is_read_until_it_ends(clock: Clock) -> None:
    """A token is good more than once, for two hours."""
    book = TicketBook(clock)
    token = book.exchange(book.issue("p", "app"), "app")
    assert token is not None

    assert [book.person_of(token), book.person_of(token)] == ["p", "p"]
    clock.now += 7200
    assert book.person_of(token) is None


def test_a_ticket_ends_unused(clock: Clock) -> None:
    """A ticket is good for five minutes."""
    book = TicketBook(clock)
    ticket = book.issue("p", "app")

    clock.now += 300

    assert book.exchange(ticket, "app") is None


def test_what_ended_is_forgotten(clock: Clock) -> None:
    """The book does not grow with tickets nobody used."""
    book = TicketBook(clock)
    for _ in range(50):
        book.issue("p", "app")
    clock.now += 301

    book.issue("p", "app")

    assert len(book._tickets) == 1
