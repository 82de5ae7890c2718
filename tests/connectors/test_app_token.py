"""The application's token: one renewal for all who wait, early enough, again after a failure."""

import asyncio

import pytest

from connectors.app_token import AppToken, IssuedToken
from connectors.deadline import Deadline
from connectors.errors import RefusedSignatureError, TooSlowError


class Desk:
    """Issues t1, t2, …; can be made to wait or to refuse."""

    def __init__(self) -> None:
        self.issued = 0
        self.lifetime = 7200.0
        self.refuses = False
        self.go = asyncio.Event()
        self.go.set()

    async def renew(self, deadline: Deadline) -> IssuedToken:
        """The next token."""
        assert deadline.remaining() > 0
        self.issued += 1
        await self.go.wait()
        if self.refuses:
            raise RefusedSignatureError("here", "token")
        return IssuedToken(f"t{self.issued}", self.lifetime)


class Clock:
    """Moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


@pytest.fixture
async def desk() -> Desk:
    """Who issues."""
    return Desk()


@pytest.fixture
def clock() -> Clock:
    """The token's clock."""
    return Clock()


@pytest.fixture
def token(desk: Desk, clock: Clock) -> AppToken:
    """A token not yet fetched."""
    return AppToken("here", desk.renew, timeout=30.0, clock=clock)


def long() -> Deadline:
    """Time enough."""
    return Deadline.after(30)


async def test_twenty_waiters_share_one_renewal(token: AppToken, desk: Desk) -> None:
    """Whoever finds no token waits for the same one, and later callers have it at once."""
    values = await asyncio.gather(*(token.current(long()) for _ in range(20)))

    assert values == ["t1"] * 20
    assert await token.current(long()) == "t1"
    assert desk.issued == 1


async def test_it_is_renewed_before_it_ends(token: AppToken, clock: Clock) -> None:
    """Five minutes early, so that no call is under way with a token that ends."""
    await token.current(long())

    clock.now += 7200 - 300.1
    before = await token.current(long())
    clock.now += 0.1
    after = await token.current(long())

    assert (before, after) == ("t1", "t2")


async def test_a_short_lived_token_is_used_for_half_its_life(token: AppToken, desk: Desk, clock: Clock) -> None:
    """A token shorter than the five minutes is not renewed at every call."""
    desk.lifetime = 60.0
    await token.current(long())

    clock.now += 29.9
    before = await token.current(long())
    clock.now += 0.1
    after = await token.current(long())

    assert (before, after) == ("t1", "t2")


async def test_a_refused_token_is_renewed_once(token: AppToken, desk: Desk) -> None:
    """Twenty callers whose token was not taken share one renewal, also those who hear of it late."""
    await token.current(long())

    async def again() -> str:
        token.refuse("t1")
        return await token.current(long())

    values = await asyncio.gather(*(again() for _ in range(20)))
    token.refuse("t1")

    assert [*values, await token.current(long())] == ["t2"] * 21
    assert desk.issued == 2


async def test_a_failed_renewal_reaches_all_and_is_tried_again(token: AppToken, desk: Desk) -> None:
    """Everybody who waits has the error; the next caller asks anew."""
    desk.refuses = True
    answers = await asyncio.gather(*(token.current(long()) for _ in range(3)), return_exceptions=True)
    desk.refuses = False

    assert [type(answer) for answer in answers] == [RefusedSignatureError] * 3
    assert await token.current(long()) == "t2"


async def test_a_late_caller_ends_nothing(token: AppToken, desk: Desk) -> None:
    """Whose deadline passes is told so; the renewal goes on for the others."""
    desk.go.clear()
    patient = asyncio.create_task(token.current(long()))
    await asyncio.sleep(0)

    with pytest.raises(TooSlowError):
        await token.current(Deadline.after(0))
    desk.go.set()

    assert await patient == "t1"
    assert desk.issued == 1


async def test_a_cancelled_caller_ends_nothing(token: AppToken, desk: Desk) -> None:
    """The one who began the renewal may go away."""
    desk.go.clear()
    first = asyncio.create_task(token.current(long()))
    await asyncio.sleep(0)
    second = asyncio.create_task(token.current(long()))
    await asyncio.sleep(0)

    first.cancel()
    await asyncio.sleep(0)
    desk.go.set()

    assert await second == "t1"
    assert desk.issued == 1


async def test_a_failure_nobody_waits_for(token: AppToken, desk: Desk) -> None:
    """A renewal that fails after its last waiter left disturbs nobody, and the next caller tries again."""
    desk.go.clear()
    desk.refuses = True
    with pytest.raises(TooSlowError):
        await token.current(Deadline.after(0))
    desk.go.set()
    for _ in range(5):
        await asyncio.sleep(0)
    desk.refuses = False

    assert await token.current(long()) == "t2"


def test_a_token_does_not_show_itself() -> None:
    """What is printed of an issued token is not the token."""
    assert "s3cret" not in repr(IssuedToken("s3cret", 1.0))
