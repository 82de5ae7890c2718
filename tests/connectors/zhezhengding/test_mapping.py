from connectors.records.official import Official, Position
from connectors.records.organization import OrganizationRef
from connectors.zhezhengding.mapping import identity_from, official_from, positions_from, unit_from
from connectors.zhezhengding.payloads import AppUserPayload, EmployeePayload, OrganizationPayload, PositionPayload

PERSON = EmployeePayload(employeeCode="GE_1", employeeName="测试甲", status="A")


def post(organization: str, **more: object) -> PositionPayload:
    """A post of the one person here."""
    return PositionPayload(employeeCode="GE_1", organizationCode=organization, **more)  # type: ignore[arg-type] - a test's short hand


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

    assert official is not None
    assert official.organization == OrganizationRef(key="GO_2")
    assert official.office_phone == "0571-00000000"


def test_person_without_posts_is_still_a_person() -> None:
    """Somebody may stand in the book without any post."""
    official = official_from("GE_1", PERSON, ())

    assert official is not None
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


def test_older_answers_without_tenant_belong_to_ours() -> None:
    """The subject is the account within its tenant; administrators have no employee code."""
    identity = identity_from(AppUserPayload(accountId=10000001, nickNameCn="测试甲", employeeCode=""), 100001)

    assert identity.subject == "100001:10000001"
    assert (identity.name, identity.employee_code, identity.tenant_id) == ("测试甲", None, 100001)
