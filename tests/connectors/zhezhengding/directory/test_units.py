"""Organisations by key, below one another, counted, and the way up, over the sandbox."""

from typing import TYPE_CHECKING, Any

from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.records.organization import OrganizationRef, Unit, UnitCounts, UnitPath, UnitType
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.units import ZhezhengdingUnits
from connectors.zhezhengding.settings import ZhezhengdingSettings

if TYPE_CHECKING:
    from connectors.sandbox.world import UnitSeed
    from tests.connectors.zhezhengding.conftest import Bench

REGION = "GO_rg331000"
TYPES = {
    "GOV_UNIT": UnitType.UNIT,
    "GOV_INTERNAL_INSTITUTION": UnitType.INNER_INSTITUTION,
    "GOV_HOLLOW_NODE": UnitType.NODE,
}


def units(bench: "Bench", **changes: Any) -> ZhezhengdingUnits:
    """The source with an empty cache."""
    settings = ZhezhengdingSettings.model_validate({**dict(bench.settings), **changes})
    return ZhezhengdingUnits(settings, bench.calls(), bench.reader())


def unit_of(seed: "UnitSeed") -> Unit:
    """The record of a unit."""
    return Unit(
        key=seed.code,
        name=seed.name,
        parent_key=seed.parent_code,
        region_key=seed.region_code,
        short_name=seed.short_name,
        type=TYPES[seed.type_code],
    )


def below(bench: "Bench", code: str) -> list[Unit]:
    """What lies directly below."""
    return [unit_of(seed) for seed in bench.world.units if seed.parent_code == code]


async def test_units_come_in_order_and_in_chunks(bench: "Bench") -> None:
    """Every unit of the book in two calls of at most a hundred, unknown ones None, each with its division."""
    keys = [unit.code for unit in bench.world.units]
    source = units(bench)

    found = await source.load_units(["GO_unknown", *keys, " "], bench.ask())
    await source.load_units(keys, bench.ask())

    assert len(keys) > 100
    assert found == [None, *map(unit_of, bench.world.units), None]
    assert bench.sandbox.calls == {"listOrganizationsByCodes": 2}


async def test_children_of_one_organization_cost_two_calls(bench: "Bench") -> None:
    """One for the codes, one for the organisations; warm, none, by key neither."""
    source = units(bench)

    (children,) = await source.list_child_units([REGION], bench.ask())
    await source.list_child_units([REGION], bench.ask())
    await source.load_units([unit.key for unit in below(bench, REGION)], bench.ask())

    assert list(children) == below(bench, REGION)
    assert bench.sandbox.calls == {"pageSubOrganizationCodes": 1, "listOrganizationsByCodes": 1}


async def test_children_of_many_are_read_together(bench: "Bench") -> None:
    """A call for each one's codes; all the organisations in one. Leaves and unknown ones have none."""
    parents = [REGION, "GO_zx331000", "GO_zx331000bg", "GO_no", ""]

    found = await units(bench).list_child_units(parents, bench.ask())

    assert [list(children) if isinstance(children, tuple) else children for children in found] == [
        below(bench, REGION),
        below(bench, "GO_zx331000"),
        [],
        [],
        [],
    ]
    assert bench.sandbox.calls == {"pageSubOrganizationCodes": 4, "listOrganizationsByCodes": 1}


async def test_all_pages_of_children_are_read(bench: "Bench") -> None:
    """A5: a page has at most ``page_size`` codes; the first tells how many there are, the rest come at once."""
    source = units(bench, batch={"page_size": 3})

    (children,) = await source.list_child_units([REGION], bench.ask())

    assert list(children) == below(bench, REGION)
    assert bench.sandbox.calls["pageSubOrganizationCodes"] == -(-len(below(bench, REGION)) // 3)


async def test_a_list_without_its_organizations_is_an_error(bench: "Bench") -> None:
    """Where the codes are told and the organisations are not, the list is that error; others stay."""
    bench.sandbox.faults.put(Fault(FaultKind.HTTP500, "listOrganizationsByCodes"))

    some = await units(bench).list_child_units([REGION, "GO_zx331000bg"], bench.ask())

    assert isinstance(some[0], UnexpectedAnswerError)
    assert some[1] == ()


async def test_people_are_counted_with_all_below(bench: "Bench") -> None:
    """Many organisations in one call; somebody with two posts below counts once; unknown ones are None."""
    root = sum(person.work is not None for person in bench.world.persons)
    office = [p for p in bench.world.persons if p.work and p.work.organization_code == "GO_zx331000bg"]
    source = units(bench)

    found = await source.load_unit_counts(["GO_root", "GO_no", "GO_zx331000bg", ""], bench.ask())

    assert found == [
        UnitCounts(key="GO_root", official_count=root),
        None,
        UnitCounts(key="GO_zx331000bg", official_count=len(office)),
        None,
    ]
    assert bench.sandbox.calls == {"listOrganizationEmployeeCount": 1}


async def test_the_name_of_the_count_is_a_setting(bench: "Bench") -> None:
    """A5: the rows of counts are not published; under another name the number is read as set, else it is an error."""
    bench.wire.answer = lambda body: body.replace(b'"employeeCount"', b'"count"')

    (as_set,) = await units(bench, unit_count_field="count").load_unit_counts(["GO_root"], bench.ask())
    (not_set,) = await units(bench).load_unit_counts(["GO_root"], bench.ask())

    assert isinstance(as_set, UnitCounts)
    assert as_set.official_count > 0
    assert isinstance(not_set, UnitCounts)
    lost: Any = not_set.official_count
    assert isinstance(lost, UnexpectedAnswerError)


async def test_the_way_from_the_root(bench: "Bench") -> None:
    """A5: whichever way round the platform tells it; an unknown organisation has none."""
    source = units(bench)

    way, root, unknown = await source.load_unit_paths(["GO_zx331000bg", "GO_root", "GO_no"], bench.ask())

    names = {unit.code: unit.name for unit in bench.world.units}
    codes = ["GO_root", REGION, "GO_zx331000", "GO_zx331000bg"]
    assert way == UnitPath(
        key="GO_zx331000bg", units=tuple(OrganizationRef(key=code, name=names[code]) for code in codes)
    )
    assert isinstance(root, UnitPath)
    assert [unit.key for unit in root.units] == ["GO_root"]
    assert unknown is None


async def test_data_in_strings_is_read_the_same(bench: "Bench") -> None:
    """E3, A7: the official SDK types ``data`` as a string everywhere."""
    plain = units(bench)
    wanted = (
        await plain.list_child_units([REGION], bench.ask()),
        await plain.load_unit_counts([REGION, "GO_no"], bench.ask()),
        await plain.load_unit_paths([REGION, "GO_no"], bench.ask()),
    )
    bench.set_up(sandbox={"data_as_string": True, "older_answers": True})
    quoted = units(bench)

    found = (
        await quoted.list_child_units([REGION], bench.ask()),
        await quoted.load_unit_counts([REGION, "GO_no"], bench.ask()),
        await quoted.load_unit_paths([REGION, "GO_no"], bench.ask()),
    )

    assert found == wanted
    assert isinstance(bench.wire.last["content"]["data"], str)


async def test_schema_drift_costs_fields(bench: "Bench") -> None:
    """With names lost and types retyped the organisations are there, their names are the error."""
    bench.sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    (unit,) = await units(bench).load_units([REGION], bench.ask())
    (children,) = await units(bench).list_child_units([REGION], bench.ask())
    (counts,) = await units(bench).load_unit_counts([REGION], bench.ask())

    assert isinstance(unit, Unit)
    lost: Any = unit.name
    assert isinstance(lost, UnexpectedAnswerError)
    assert not isinstance(children, PlatformError)
    assert [child.key for child in children] == [child.key for child in below(bench, REGION)]
    assert isinstance(counts, UnitCounts)


async def test_an_organization_that_lost_its_code_is_no_unknown_one(bench: "Bench") -> None:
    """Where a row does not tell which one it is, what is missing is an error, not None."""
    bench.wire.answer = lambda body: body.replace(b'"organizationCode"', b'"code"')

    (unit,) = await units(bench).load_units([REGION], bench.ask())

    assert isinstance(unit, UnexpectedAnswerError)
