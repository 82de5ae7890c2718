"""How long tickets and tokens last, and whose they are."""

import pytest

from connectors.zheliban.sandbox.tickets import Book, Issued, Lost


@pytest.fixture
def book() -> Book:
    """Tickets that hold five minutes."""
    return Book("tk_", 300)


def test_a_token_is_read_until_it_ends(book: Book) -> None:
    """F10: looking at it does not use it up; the end itself is too late."""
    token = book.issue("p", None, 1000)

    assert book.look(token, None, 1299) == book.look(token, None, 1000) == Issued("p", None, 1300)
    assert book.look(token, None, 1300) is Lost.ENDED


def test_a_ticket_is_used_once(book: Book) -> None:
    """E2: what was used is unknown."""
    ticket = book.issue("p", "app", 1000)

    assert isinstance(book.use(ticket, "app", 1001), Issued)
    assert book.use(ticket, "app", 1001) is Lost.UNKNOWN


def test_another_applications_try_uses_nothing(book: Book) -> None:
    """F10: only the application it was issued to can use it, or any where it was issued to none."""
    ticket, free = book.issue("p", "app", 1000), book.issue("p", None, 1000)

    assert book.use(ticket, "other", 1001) is Lost.FOREIGN
    assert isinstance(book.use(ticket, "app", 1001), Issued)
    assert isinstance(book.use(free, "other", 1001), Issued)


def test_what_ended_long_ago_is_forgotten(book: Book) -> None:
    """The book does not grow with tickets nobody used; for an hour it still tells that they ended."""
    old = [book.issue("p", "app", 1000) for _ in range(50)]

    book.issue("p", "app", 1300 + 3599)
    assert book.look(old[0], "app", 1300 + 3599) is Lost.ENDED
    book.issue("p", "app", 1300 + 3600)

    assert book.look(old[0], "app", 1300 + 3600) is Lost.UNKNOWN
    assert len(book._issued) == 2
