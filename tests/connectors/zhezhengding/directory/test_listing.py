"""People of organisations and people by name, over the sandbox."""

from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import BadCursorError, UnexpectedAnswerError, UnreachableError
from connectors.records.official import OfficialListing, OfficialSearch
from connectors.records.page import Page, PageArgs
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.listing import ZhezhengdingDirectory
from connectors.zhezhengding.directory.officials import ZhezhengdingOfficials

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

DIRECTORY = "GO_dir331000"


def directory(bench: "Bench") -> ZhezhengdingDirectory:
    """The source with an empty cache."""
    return ZhezhengdingDirectory(bench.settings, bench.calls(), bench.reader())


def listed(bench: "Bench", organization: str) -> list[str]:
    """Employee codes of the active people listed there."""
    accounts = [person.work for person in bench.world.persons if person.work]
    found = [a.employee_code for a in accounts if a.organization_code == organization]
    return found + [
        a.employee_code for a in accounts if a.unit_code == organization and a.organization_code.startswith("GO_dir")
    ]


async def test_a_page_of_people_costs_one_call(bench: "Bench") -> None:
    """Fifty people with their posts, counted, in one call; kept for a minute; by key they are the same."""
    source, page = directory(bench), PageArgs(first=50, with_total=True)

    (found,) = await source.list_unit_officials([DIRECTORY], page, bench.ask())
    (again,) = await source.list_unit_officials([DIRECTORY], page, bench.ask())

    assert isinstance(found, Page)
    assert (len(found.edges), found.has_next, found.total) == (50, True, len(listed(bench, DIRECTORY)))
    assert found == again
    assert bench.sandbox.calls == {"pageOrganizationEmployeePositions": 1}
    one = found.nodes[0]
    by_key = ZhezhengdingOfficials(bench.settings, bench.calls(), bench.reader())
    assert await by_key.load_officials([one.key], bench.ask()) == [one]
    assert one.key == f"{one.employee_code}@{DIRECTORY}"


async def test_pages_follow_one_another(bench: "Bench") -> None:
    """All people of an organisation come once; those who left do not."""
    unit = next(u.code for u in bench.world.units if u.type_code == "GOV_UNIT" and listed(bench, u.code))
    source, seen, after, more = directory(bench), list[str](), None, True

    while more:
        (page,) = await source.list_unit_officials([unit], PageArgs(first=7, after=after), bench.ask())
        assert isinstance(page, Page)
        seen += [official.employee_code for official in page.nodes]
        after, more = page.end, page.has_next

    assert sorted(seen) == sorted(listed(bench, unit))


async def test_organizations_fail_alone(bench: "Bench") -> None:
    """Unknown and blank ones have nobody; a cursor of another list is refused in its place."""
    source = directory(bench)

    some = await source.list_unit_officials(["GO_no", " ", DIRECTORY], PageArgs(first=1), bench.ask())
    bad = await source.list_unit_officials([DIRECTORY], PageArgs(first=1, after="x"), bench.ask())
    bench.sandbox.faults.put(Fault(FaultKind.REFUSE))
    none = await source.list_unit_officials(["GO_zx331000bg"], PageArgs(first=1), bench.ask())

    assert [len(page.edges) if isinstance(page, Page) else page for page in some] == [0, 0, 1]
    assert isinstance(bad[0], BadCursorError)
    assert isinstance(none[0], UnreachableError)


async def test_schema_drift_costs_fields(bench: "Bench") -> None:
    """With fields renamed, missing and retyped the people are there; a lone post is the main one."""
    bench.sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    (page,) = await directory(bench).list_unit_officials([DIRECTORY], PageArgs(first=3), bench.ask())

    assert isinstance(page, Page)
    assert len(page.edges) == 3
    assert all(isinstance(official.name, str) and official.title for official in page.nodes)


async def test_posts_of_no_form_cost_what_they_tell(bench: "Bench") -> None:
    """The names stay; title, phone and organisation are the error."""
    bench.wire.answer = lambda body: body.replace(b'"govEmployeePositions":[', b'"govEmployeePositions":"x","y":[')

    (page,) = await directory(bench).list_unit_officials([DIRECTORY], PageArgs(first=2), bench.ask())

    assert isinstance(page, Page)
    for official in page.nodes:
        told: list[Any] = [official.title, official.office_phone, official.organization]
        assert isinstance(official.name, str)
        assert all(isinstance(value, UnexpectedAnswerError) for value in told)


async def test_people_are_found_by_name(bench: "Bench") -> None:
    """In one organisation, or in all below it; in one, the key names it."""
    person = next(p for p in bench.world.officials if p.work and p.work.organization_code.endswith("bg"))
    assert person.work is not None
    office = person.work.organization_code
    queries = [
        OfficialSearch(text=person.name, unit_key=office, cascade=False),
        OfficialSearch(text=person.name, unit_key="GO_root"),
        OfficialSearch(text="查无此人", unit_key="GO_root"),
        OfficialSearch(text=" ", unit_key="GO_root"),
    ]

    found = await directory(bench).search_officials(queries, PageArgs(first=100, with_total=True), bench.ask())

    pages = [page for page in found if isinstance(page, Page)]
    key = f"{person.work.employee_code}@{office}"
    assert OfficialListing(key=key, employee_code=person.work.employee_code, name=person.name) in pages[0].nodes
    same = [p for p in bench.world.persons if p.work and person.name in p.name]
    assert {one.key for one in pages[1].nodes} == {p.work.employee_code for p in same if p.work}
    assert [page.total for page in pages[2:]] == [0, 0]
    assert bench.sandbox.calls == {"pageSearchEmployee": 3}


async def test_searches_are_never_kept(bench: "Bench") -> None:
    """What somebody looks for is nobody else's business."""
    source, query = directory(bench), OfficialSearch(text="王", unit_key="GO_root")

    first = await source.search_officials([query], PageArgs(first=2), bench.ask())
    again = await source.search_officials([query], PageArgs(first=2), bench.ask())

    assert first == again
    assert bench.sandbox.calls == {"pageSearchEmployee": 2}


@pytest.mark.parametrize("fault", [FaultKind.HTTP500, FaultKind.FAILURE_ENVELOPE])
async def test_a_search_that_fails_is_an_error_in_its_place(bench: "Bench", fault: FaultKind) -> None:
    """It does not raise."""
    bench.sandbox.faults.put(Fault(fault))

    found = await directory(bench).search_officials(
        [OfficialSearch(text="王", unit_key="GO_root")], PageArgs(first=2), bench.ask()
    )

    assert isinstance(found[0], UnexpectedAnswerError)
