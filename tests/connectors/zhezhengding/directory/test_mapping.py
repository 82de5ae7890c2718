"""From the address book's rows to records."""

from typing import Any

from connectors.lenient import broken_in
from connectors.records.official import Official, Position
from connectors.records.organization import OrganizationRef, UnitType
from connectors.zhezhengding.directory.mapping import doubt_in, official_from, positions_from, posts_of, unit_from
from connectors.zhezhengding.directory.payloads import EmployeePayload, OrganizationPayload, PositionPayload

BROKEN: Any = broken_in("zhezhengding", "list")

PERSON = EmployeePayload(employeeCode="GE_1", employeeName="测试甲", status="A")


def post(organization: str, **more: object) -> PositionPayload:
    """A post of the one person here."""
    return PositionPayload(employeeCode="GE_1", organizationCode=organization, **more)  # type: ignore[arg-type]  # a short hand


def test_main_post_tells_title_phone_and_unit() -> None:
    """Of several posts the main one counts; the organisation is the unit, and its name is not told."""
    posts = positions_from(
        [post("GO_2", govEmpPosJob="顾问"), post("GO_1", mainJob=True, govEmpPosJob="科长", empPosUnitCode="GO_unit")]
    )

    official = official_from("GE_1@GO_1", PERSON, posts)

    assert official == Official(
        key="GE_1@GO_1",
        employee_code="GE_1",
        name="测试甲",
        title="科长",
        office_phone=None,
        organization=OrganizationRef(key="GO_unit"),
    )


def test_without_main_post_the_first_counts() -> None:
    """Where no post is marked and no unit is told, the first post and its organisation stand in."""
    official = official_from("GE_1", PERSON, positions_from([post("GO_2", govEmpPosPhoneNo="0571-00000000")]))

    assert isinstance(official, Official)
    assert official.organization == OrganizationRef(key="GO_2")
    assert official.office_phone == "0571-00000000"


def test_person_without_posts_is_still_a_person() -> None:
    """Somebody may stand in the book without any post."""
    official = official_from("GE_1", PERSON, ())

    assert isinstance(official, Official)
    assert (official.title, official.organization) == (None, None)


def test_one_who_left_is_nobody() -> None:
    """Frozen people and posts that were given up are not shown."""
    left = EmployeePayload(employeeCode="GE_1", employeeName="测试甲", status="F")

    assert official_from("GE_1", left, positions_from([post("GO_1")])) is None
    assert positions_from([post("GO_1", status="F"), post("GO_2", status="A")]) == (
        Position(
            employee_code="GE_1", organization_code="GO_2", unit_code=None, title=None, office_phone=None, main=False
        ),
    )


def test_unit_without_division_has_no_region() -> None:
    """Empty texts are no values."""
    unit = unit_from(
        OrganizationPayload(organizationCode="GO_1", organizationName="某局", parentCode="", divisionCode="")
    )

    assert (unit.name, unit.parent_key, unit.region_key) == ("某局", None, None)


def test_a_unit_tells_its_type_and_short_name() -> None:
    """A5: the three types that are published; any other is none."""
    row = OrganizationPayload(organizationCode="GO_1", organizationName="某办公室", shortName="办", typeCode="GOV_UNIT")
    other = OrganizationPayload(organizationCode="GO_1", organizationName="某办公室", typeCode="GOV_NEW")

    assert (unit_from(row).short_name, unit_from(row).type) == ("办", UnitType.UNIT)
    assert unit_from(other).type is None


def test_errors_stay_in_their_places() -> None:
    """What could not be read is the error in the record, never a default."""
    unit = unit_from(
        OrganizationPayload(organizationCode="GO_1", organizationName=BROKEN, parentCode=BROKEN, typeCode=BROKEN)
    )
    official = official_from("GE_1", PERSON, positions_from([post("GO_1", govEmpPosJob=BROKEN, empPosUnitCode="GO_u")]))

    assert (unit.name, unit.parent_key, unit.type, unit.region_key) == (BROKEN, BROKEN, BROKEN, None)
    assert isinstance(official, Official)
    assert (official.title, official.office_phone, official.organization) == (
        BROKEN,
        None,
        OrganizationRef(key="GO_u"),
    )


def test_without_knowing_the_main_post_nothing_is_said_of_it() -> None:
    """Of two posts one does not tell whether it is the main one: title, phone and organisation are the error."""
    posts = positions_from([post("GO_1", mainJob=BROKEN, govEmpPosJob="科长"), post("GO_2", govEmpPosJob="顾问")])

    official = official_from("GE_1", PERSON, posts)

    assert isinstance(official, Official)
    assert (official.name, official.title, official.office_phone) == ("测试甲", BROKEN, BROKEN)
    assert official.organization is BROKEN


def test_a_lone_post_is_the_main_one() -> None:
    """It need not say so."""
    official = official_from("GE_1", PERSON, positions_from([post("GO_1", mainJob=BROKEN, govEmpPosJob="科长")]))

    assert isinstance(official, Official)
    assert official.title == "科长"


def test_who_may_have_left_is_not_shown() -> None:
    """A status that cannot be read: the person is the error, a post is left out."""
    person = EmployeePayload(employeeCode="GE_1", employeeName="测试甲", status=BROKEN)

    assert official_from("GE_1", person, ()) is BROKEN
    assert positions_from([post("GO_1", status=BROKEN)]) == ()
    assert doubt_in([post("GO_1", status=BROKEN)]) is BROKEN
    assert doubt_in([post("GO_1", mainJob=BROKEN)]) is None


def test_posts_that_came_with_a_person() -> None:
    """A page's row brings them; where none can be read the error says so, where none are there it does not."""
    lost: Any = [BROKEN]

    def row(posts: Any) -> EmployeePayload:
        return EmployeePayload(employeeCode="GE_1", employeeName="测试甲", govEmployeePositions=posts)

    assert posts_of(row(None)) == ((), None)
    assert posts_of(row(BROKEN)) == ((), BROKEN)
    assert posts_of(row(lost)) == ((), BROKEN)
    whole, error = posts_of(row([post("GO_1"), BROKEN]))
    assert ([position.organization_code for position in whole], error) == (["GO_1"], None)
