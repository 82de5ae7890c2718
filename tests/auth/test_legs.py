"""Legs to a platform's page: a ticket counts in the browser that asked for it, at the platform asked, once."""

import asyncio
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from auth.legs import LegError, LegFault, Legs, Purpose
from connectors.errors import NotConfiguredError, UnreachableError
from tests.auth.conftest import Office
from tests.auth.platforms import LIN_CITIZEN, ZHOU_WORK

TO = "/account"
HERE = "zheliban"


class Clock:
    """A clock a test moves."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        """Unix seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Now."""
    return Clock()


@pytest.fixture
def legs(office: Office, clock: Clock) -> Legs:
    """The office's legs, by that clock."""
    authority = office.authority
    return Legs(authority.vault, authority.once, authority.broker, 5000, clock)


def state_of(address: str) -> str:
    """The state a browser takes along."""
    return parse_qs(urlsplit(address).query)["state"][0]


async def fault_of(legs: Legs, platform: str, sealed: str | None, sent: dict[str, str]) -> LegError:
    """Why a leg leads nowhere."""
    with pytest.raises(LegError) as caught:
        await legs.come_back(platform, sealed, sent)
    return caught.value


async def test_a_leg_comes_back_as_it_was_begun(office: Office, legs: Legs) -> None:
    """Purpose, session and where to go on come back with who signed in; the platform got what binds the leg."""
    begun = await legs.begin(HERE, None, to=TO, purpose=Purpose.LINK, sid="s1")
    sent = {"state": state_of(begun.address), "ticket": office.citizen_app.ticket(LIN_CITIZEN)}

    leg, identity = await legs.come_back(HERE, begun.sealed, sent)

    assert identity == LIN_CITIZEN
    assert (leg.purpose, leg.sid, leg.to) == (Purpose.LINK, "s1", TO)
    assert office.citizen_page.taken == [leg.binding]
    assert leg.binding.state == sent["state"]


async def test_every_leg_has_secrets_of_its_own_that_nobody_reads(legs: Legs) -> None:
    """256 bits each; the cookie is sealed."""
    begun = [await legs.begin(HERE, None, to=TO) for _ in range(3)]

    states = {state_of(one.address) for one in begun}
    assert len(states) == 3
    assert all(len(state) == 43 for state in states)
    assert not any(state in one.sealed for state in states for one in begun)
    assert not any(state in repr(one) for state in states for one in begun)


async def test_a_state_of_another_browser_is_refused_and_the_ticket_spared(office: Office, legs: Legs) -> None:
    """An attacker's callback address, opened in another browser, signs nobody in as the attacker."""
    attackers, own = await legs.begin(HERE, None, to=TO), await legs.begin(HERE, None, to=TO)
    sent = {"state": state_of(attackers.address), "ticket": office.citizen_app.ticket(LIN_CITIZEN)}

    for sealed in (own.sealed, None, "", "nonsense", "é", f"{own.sealed}x"):
        error = await fault_of(legs, HERE, sealed, sent)
        assert (error.fault, error.leg) == (LegFault.LOST, None)

    assert office.citizen_page.taken == []
    assert sent["ticket"] in office.citizen_app.tickets


@pytest.mark.parametrize("change", ["", "x", "é", "\udc80"])
async def test_a_wrong_or_missing_state_is_refused(legs: Legs, change: str) -> None:
    """Whatever it is made of."""
    begun = await legs.begin(HERE, None, to=TO)
    right = state_of(begun.address)

    for sent in ({"state": right + change} if change else {"ticket": "t"}, {"state": right[:-1]}):
        assert (await fault_of(legs, HERE, begun.sealed, sent)).fault is LegFault.LOST


async def test_a_leg_to_one_platform_does_not_come_back_from_another(office: Office, legs: Legs) -> None:
    """Mix-up: the leg says where it went, whatever address the browser is sent to."""
    begun = await legs.begin(HERE, None, to=TO)
    sent = {"state": state_of(begun.address), "ticket": office.work_app.ticket(ZHOU_WORK)}

    error = await fault_of(legs, "zhezhengding", begun.sealed, sent)

    assert (error.fault, error.leg) == (LegFault.LOST, None)
    assert office.work_page.taken == office.citizen_page.taken == []


async def test_a_leg_is_used_once(office: Office, legs: Legs) -> None:
    """Of eight callbacks at once one is first; later ones come too late, also with a fresh ticket."""
    begun = await legs.begin(HERE, None, to=TO)
    sent = {"state": state_of(begun.address)}
    tickets = [office.citizen_app.ticket(LIN_CITIZEN) for _ in range(8)]

    came = await asyncio.gather(
        *(legs.come_back(HERE, begun.sealed, {**sent, "ticket": ticket}) for ticket in tickets), return_exceptions=True
    )

    errors = [result for result in came if isinstance(result, LegError)]
    assert len(errors) == 7
    assert {error.fault for error in errors} == {LegFault.LOST}
    assert len(office.citizen_page.taken) == 1


@pytest.mark.parametrize(("seconds", "good"), [(599, True), (600, False), (-59, True), (-61, False)])
async def test_a_leg_lasts_ten_minutes(office: Office, legs: Legs, clock: Clock, seconds: int, *, good: bool) -> None:
    """To the second; replicas' clocks may differ by a minute."""
    clock.now = float(int(clock.now))
    begun = await legs.begin(HERE, None, to=TO)
    sent = {"state": state_of(begun.address), "ticket": office.citizen_app.ticket(LIN_CITIZEN)}
    clock.now += seconds

    if good:
        assert (await legs.come_back(HERE, begun.sealed, sent))[1] == LIN_CITIZEN
    else:
        assert (await fault_of(legs, HERE, begun.sealed, sent)).fault is LegFault.LOST


@pytest.mark.parametrize(
    ("prepare", "sent", "fault"),
    [
        (lambda _: None, {"error": "access_denied"}, LegFault.DENIED),
        (lambda _: None, {"ticket": "never given"}, LegFault.BAD_TICKET),
        (lambda _: None, {}, LegFault.BAD_TICKET),
        (lambda desk: setattr(desk, "ill", UnreachableError("x", "y")), {"ticket": "t"}, LegFault.AWAY),
        (lambda desk: setattr(desk, "ill", NotConfiguredError("x", "y")), {"ticket": "t"}, LegFault.AWAY),
    ],
    ids=["declined", "foreign ticket", "no ticket", "platform away", "not set up"],
)
async def test_what_the_platform_says_is_told_and_the_leg_is_over(
    office: Office, legs: Legs, prepare: Callable[[object], None], sent: dict[str, str], fault: LegFault
) -> None:
    """The browser's own leg comes with the error, so that it can be led back."""
    begun = await legs.begin(HERE, None, to=TO)
    prepare(office.citizen_app)

    error = await fault_of(legs, HERE, begun.sealed, {**sent, "state": state_of(begun.address)})

    assert error.fault is fault
    assert error.leg is not None
    assert error.leg.to == TO


async def test_where_it_does_not_lead(office: Office, legs: Legs) -> None:
    """A platform or form that is not offered, one that is away, and what no cookie could hold."""
    faults = []
    for platform, form, to in [("nowhere", None, TO), (HERE, "duty-oidc", TO), (HERE, None, f"/account?{'x' * 4000}")]:
        with pytest.raises(LegError) as caught:
            await legs.begin(platform, form, to=to)
        faults.append(caught.value.fault)
    office.citizen_app.ill = UnreachableError("x", "y")
    with pytest.raises(LegError) as caught:
        await legs.begin(HERE, None, to=TO)

    assert faults == [LegFault.NO_SUCH_WAY, LegFault.NO_SUCH_WAY, LegFault.TOO_LONG]
    assert caught.value.fault is LegFault.AWAY


async def test_the_longest_cookie_is_one_browsers_keep(legs: Legs) -> None:
    """4,096 bytes with its name."""
    begun = await legs.begin(HERE, None, to=f"/oauth/authorize?continue={'x' * 2400}")

    assert len(begun.sealed) + len("__Host-tongxin_leg=") < 4096
