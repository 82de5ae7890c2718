from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.person import SignedIn
from auth.standing import Askable
from auth.store.persons import STAFF_CONFIRMED_FOR
from auth.store.tables import IdentityRow
from connectors.viewer import Ask, Role
from tests.auth.desk import Desk
from tests.auth.platforms import BUREAU, CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, OFFICE, ZHOU_WORK


async def test_the_registry_is_asked_only_with_what_proves_something(desk: Desk) -> None:
    """An ID number from a sign-in that was not real-name verified is not used, and no answer breaks no link."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    weak = await desk.sign_in(replace(CHEN_CITIZEN, level=1))
    strong = await desk.sign_in(CHEN_CITIZEN)
    weak_again = await desk.sign_in(replace(CHEN_CITIZEN, level=1))

    assert weak.roles == {Role.CITIZEN}
    assert strong.roles == weak_again.roles == {Role.CITIZEN, Role.MEMBER}
    assert len(desk.registry.asked) == 1


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000"])
async def test_a_blank_id_number_is_none(desk: Desk, nothing: str) -> None:
    """Two people for whom a platform gives a blank number are not the same: the registry is not asked for it."""
    desk.registry.by_id_number[nothing] = "m-1"

    person = await desk.sign_in(replace(CHEN_CITIZEN, id_number=nothing))

    assert person.roles == {Role.CITIZEN}
    assert desk.registry.asked == []


@pytest.mark.parametrize(
    ("posts", "roles"),
    [
        ([(OFFICE, BUREAU)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, OFFICE)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, BUREAU), (OFFICE, OFFICE)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, BUREAU)], {Role.OFFICIAL}),
        ([], {Role.OFFICIAL}),
    ],
)
async def test_a_post_in_a_committee_makes_staff(desk: Desk, posts: list[tuple[str, str]], roles: set[Role]) -> None:
    """One post whose unit, or the organisation that lists it, is a committee is enough."""
    desk.book.posts["GE_zhou"] = posts

    person = await desk.sign_in(ZHOU_WORK)

    assert person.roles == roles


async def test_a_silent_book_takes_staff_from_nobody_else(desk: Desk) -> None:
    """Only the registry down: posts are known, but not which organisations are committees."""
    desk.book.posts["GE_zhou"] = [(OFFICE, OFFICE)]
    desk.registry.down = True

    person = await desk.sign_in(ZHOU_WORK)

    assert person.roles == {Role.OFFICIAL}


async def test_a_silent_registry_keeps_nobody_out_and_breaks_no_link(desk: Desk) -> None:
    """While registry and address book are down people sign in as what is known; ``staff`` must be confirmed."""
    desk.registry.by_employee["GE_chen"] = "m-1"
    desk.book.posts["GE_chen"] = [(OFFICE, BUREAU)]
    before = await desk.sign_in(CHEN_WORK)
    desk.registry.down = desk.book.down = True

    during = await desk.sign_in(CHEN_WORK)
    stranger = await desk.sign_in(CHEN_CITIZEN)

    assert before.roles == {Role.OFFICIAL, Role.MEMBER, Role.STAFF}
    assert during == SignedIn(before.person_id, frozenset({Role.OFFICIAL, Role.MEMBER}))
    assert stranger.roles == {Role.CITIZEN}


async def test_without_any_registry_people_still_sign_in(desk: Desk, ask: Ask) -> None:
    """A gateway with no duty platform and no address book knows citizens and officials."""
    persons = desk.asking(Askable(None, None, None))

    assert (await persons.signed_in(CHEN_CITIZEN, ask)).roles == {Role.CITIZEN}
    assert (await persons.signed_in(CHEN_WORK, ask)).roles == {Role.OFFICIAL}


async def test_who_left_the_office_is_staff_no_longer_than_half_a_day(desk: Desk) -> None:
    """Signing in by another platform does not ask the work app again, so its word holds for twelve hours only."""
    desk.registry.by_id_number[ID_NUMBER] = desk.registry.by_employee["GE_chen"] = "m-1"
    desk.book.posts["GE_chen"] = [(OFFICE, OFFICE)]
    confirmed = await desk.sign_in(CHEN_WORK)
    soon = await desk.sign_in(CHEN_CITIZEN)

    async def earlier(session: AsyncSession) -> None:
        row = await session.get(IdentityRow, (CHEN_WORK.platform, CHEN_WORK.subject))
        assert row is not None
        row.signed_in_at -= STAFF_CONFIRMED_FOR

    await desk.database.write(earlier)
    later = await desk.sign_in(CHEN_CITIZEN)

    assert Role.STAFF in confirmed.roles & soon.roles
    assert later.roles == confirmed.roles - {Role.STAFF} | {Role.CITIZEN}
