"""The address book's calls as the platform answers them (wire-formats A5, F 6)."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from connectors.zhezhengding.signing import Params
    from tests.connectors.zhezhengding.conftest import Bench

TENANT = 100001
DIRECTORY = "GO_dir331000"
PEOPLE_PAGE = "/mozi/organization/pageOrganizationEmployeePositions"
BELOW = "/mozi/organization/pageSubOrganizationCodes"
PATHS = [
    *(
        f"/mozi/employee/{name}"
        for name in (
            "getEmployeeByCode",
            "listEmployeesByCodes",
            "get_by_mobile",
            "get_by_mobiles",
            "listEmployeeAccountIds",
            "listGovEmployeeCodesByAccountIds",
            "listEmployeePositionsByEmployeeCode",
            "listOrgEmployeePositionsByCodes",
            "listAccountOrgByIdAndCodes",
            "pageEmployeesByTagCode",
        )
    ),
    *(
        f"/mozi/organization/{name}"
        for name in (
            "getOrganizationByCode",
            "listOrganizationsByCodes",
            "pageSubOrganizationCodes",
            "pageOrganizationEmployeeCodes",
            "pageOrganizationEmployeePositions",
            "getOrganizationLine",
            "getOrganizationPath",
            "getOrganizationEmployeeCount",
            "listOrganizationEmployeeCount",
        )
    ),
    "/mozi/fusion/pageSearchEmployee",
    "/mozi/fusion/pageSearchOrganization",
    "/mozi/enumdictionary/queryByPropertyCode",
    "/auth/scopesV2",
    "/openplatform/appcenter/getAppUsedRange",
]
"""Every row of the table, but for the one that must never be called."""


async def data(bench: "Bench", path: str, params: "Params") -> Any:
    """What a successful call holds."""
    answered = await bench.asked(path, {"tenantId": TENANT, **params})
    assert answered["content"]["success"] is True
    return answered["content"]["data"]


async def failure(bench: "Bench", path: str, params: "Params") -> str:
    """The code of a call that failed inside its envelope."""
    answered = await bench.asked(path, params)
    assert (answered["success"], answered["content"]["success"]) == (True, False)
    assert "data" not in answered["content"]
    return str(answered["content"]["bizErrorCode"])


async def test_employees_come_without_posts(bench: "Bench") -> None:
    """A5: the list names each known person once, in the order asked, without posts; the single call the same."""
    codes = [person.work.employee_code for person in bench.world.officials[:3] if person.work]

    rows = await data(
        bench, "/mozi/employee/listEmployeesByCodes", {"employeeCodes": [codes[2], "GE_no", codes[0], codes[2]]}
    )
    one = await data(bench, "/mozi/employee/getEmployeeByCode", {"employeeCode": codes[0]})

    assert [row["employeeCode"] for row in rows] == [codes[2], codes[0]]
    assert rows[1] == one
    assert "govEmployeePositions" not in one


async def test_posts_can_be_asked_by_kind(bench: "Bench") -> None:
    """A5: a member's main post is listed in the directory, the second one at the unit; both belong to the unit."""
    account = bench.world.members[0].person.work
    assert account is not None
    path = "/mozi/employee/listEmployeePositionsByEmployeeCode"

    every = await data(bench, path, {"employeeCode": account.employee_code, "employeePositionStatus": "TOTAL"})
    main = await data(
        bench, path, {"employeeCode": account.employee_code, "employeePositionType": "EMPLOYEE_POSITION_MAIN"}
    )
    left = await data(bench, path, {"employeeCode": account.employee_code, "employeePositionStatus": "F"})

    assert [post["organizationCode"] for post in every] == [DIRECTORY, account.unit_code]
    assert {post["empPosUnitCode"] for post in every} == {account.unit_code}
    assert [post["mainJob"] for post in main] == [True]
    assert left == []


async def test_posts_of_many_people_in_one_organization(bench: "Bench") -> None:
    """A5: only posts of that organisation, only of those asked; an unknown organisation has none."""
    codes = [m.person.work.employee_code for m in bench.world.members[:5] if m.person.work]
    path = "/mozi/employee/listOrgEmployeePositionsByCodes"

    rows = await data(bench, path, {"organizationCode": DIRECTORY, "employeeCodes": [*codes, "GE_no"]})
    none = await data(bench, path, {"organizationCode": "GO_no", "employeeCodes": codes})

    assert [(row["employeeCode"], row["organizationCode"]) for row in rows] == [(code, DIRECTORY) for code in codes]
    assert none == []


async def test_organization_list_has_fewer_fields(bench: "Bench") -> None:
    """A5: the list call sends fewer fields than the single call; what the root lacks is absent, not null."""
    (row,) = await data(bench, "/mozi/organization/listOrganizationsByCodes", {"organizationCodes": ["GO_zx331000"]})
    one = await data(bench, "/mozi/organization/getOrganizationByCode", {"organizationCode": "GO_zx331000"})
    root = await data(bench, "/mozi/organization/getOrganizationByCode", {"organizationCode": "GO_root"})

    assert row.items() < one.items()
    assert (one["typeName"], one["parentName"], one["divisionCode"]) == ("单位", "台州市", "331000")
    assert "parentCode" not in root


async def test_pages_are_capped_and_counted_only_when_asked(bench: "Bench") -> None:
    """A5, F6: twenty rows unless told, at most a hundred, from page 1; the total only on demand."""
    first = await bench.asked(PEOPLE_PAGE, {"tenantId": TENANT, "organizationCode": DIRECTORY})
    large = await bench.asked(
        PEOPLE_PAGE,
        {"tenantId": TENANT, "organizationCode": DIRECTORY, "pageNo": 0, "pageSize": 500, "returnTotalSize": True},
    )
    last = await bench.asked(
        PEOPLE_PAGE, {"tenantId": TENANT, "organizationCode": DIRECTORY, "pageNo": 4, "pageSize": 100}
    )
    listed = sum(m.person.work is not None for m in bench.world.members)

    assert (len(first["content"]["data"]), first["content"]["pageSize"]) == (20, 20)
    assert "totalSize" not in first["content"]
    assert (large["content"]["currentPage"], large["content"]["pageSize"], len(large["content"]["data"])) == (
        1,
        100,
        100,
    )
    assert large["content"]["totalSize"] == listed
    assert len(last["content"]["data"]) == listed - 300
    row = large["content"]["data"][0]
    assert [post["organizationCode"] for post in row["govEmployeePositions"]] == [DIRECTORY]


async def test_tree_is_walked_by_pages_of_codes(bench: "Bench") -> None:
    """A5: codes directly below; none is frozen."""
    below = await data(bench, BELOW, {"organizationCode": "GO_zx331000", "status": "TOTAL"})
    frozen = await data(bench, BELOW, {"organizationCode": "GO_zx331000", "status": "F"})

    assert below == ["GO_zx331000bg", "GO_zx331000ta"]
    assert frozen == []


@pytest.mark.parametrize("name", ["listEmployeesByCodes", "listOrgEmployeePositionsByCodes"])
async def test_more_than_a_hundred_codes_fail(bench: "Bench", name: str) -> None:
    """F6: a hundred codes are taken, one more is an E1 failure."""
    codes = [f"GE_{at}" for at in range(101)]
    params: dict[str, Any] = {"tenantId": TENANT, "organizationCode": DIRECTORY}

    assert await data(bench, f"/mozi/employee/{name}", params | {"employeeCodes": codes[:100]}) == []
    assert await failure(bench, f"/mozi/employee/{name}", params | {"employeeCodes": codes}) == "MFH-B003-02-16-0004"


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("/mozi/employee/getEmployeeByCode", {"tenantId": TENANT, "employeeCode": "GE_no"}, "MFH-B003-02-16-0001"),
        (
            "/mozi/organization/getOrganizationByCode",
            {"tenantId": TENANT, "organizationCode": "x"},
            "MFH-B003-02-16-0001",
        ),
        ("/mozi/employee/getEmployeeByCode", {"tenantId": TENANT}, "MFH-B003-02-16-0002"),
        ("/mozi/employee/getEmployeeByCode", {"employeeCode": "GE_no"}, "MFH-B003-02-16-0002"),
        ("/mozi/employee/getEmployeeByCode", {"tenantId": 7, "employeeCode": "GE_no"}, "MFH-B003-02-16-0003"),
    ],
)
async def test_business_failures_are_e1(bench: "Bench", path: str, params: "Params", code: str) -> None:
    """Unknown single codes, missing parameters and a foreign tenant fail inside the envelope."""
    assert await failure(bench, path, params) == code


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/mozi/organization/getOrganizationByCode", {"organizationCode": "GO_zx331003"}),
        ("/mozi/organization/pageSubOrganizationCodes", {"organizationCode": "GO_zx331003"}),
        ("/mozi/organization/pageOrganizationEmployeeCodes", {"organizationCode": "GO_zx331003"}),
        ("/mozi/organization/getOrganizationEmployeeCount", {"organizationCode": "GO_zx331003"}),
        ("/mozi/organization/getOrganizationPath", {"organizationCode": "GO_root"}),
        (
            "/mozi/employee/listOrgEmployeePositionsByCodes",
            {"organizationCode": "GO_zx331003", "employeeCodes": "GE_1"},
        ),
        ("/mozi/fusion/pageSearchEmployee", {"nameKeywords": "王", "inOrganizationCode": "GO_zx331003"}),
        ("/mozi/fusion/pageSearchOrganization", {"nameKeywords": "办", "cascadeOrganizationCode": "GO_root"}),
    ],
)
async def test_organizations_outside_the_range_are_refused(bench: "Bench", path: str, params: "Params") -> None:
    """A3: 300037 where a call is about an organisation that the application may not read."""
    bench.set_up(sandbox={"range": ("GO_rg331002",)})

    assert await failure(bench, path, {"tenantId": TENANT, **params}) == "300037"


async def test_people_outside_the_range_are_refused_or_left_out(bench: "Bench") -> None:
    """A3: MFH-B003-02-16-0037 where a call is about one of them; lists leave them out, as they do the unknown ones."""
    inside, outside = (
        next(p for p in bench.world.officials if p.work and p.work.organization_code == code)
        for code in ("GO_zx331002bg", "GO_zx331003bg")
    )
    assert inside.work is not None
    assert outside.work is not None
    bench.set_up(sandbox={"range": ("GO_rg331002",)})
    out = {"tenantId": TENANT, "employeeCode": outside.work.employee_code}
    both = {"employeeCodes": [outside.work.employee_code, inside.work.employee_code]}

    for path in ("getEmployeeByCode", "listEmployeePositionsByEmployeeCode"):
        assert await failure(bench, f"/mozi/employee/{path}", out) == "MFH-B003-02-16-0037"
    mobile = {"tenantId": TENANT, "mobile": outside.mobile}
    assert await failure(bench, "/mozi/employee/get_by_mobile", mobile) == "MFH-B003-02-16-0037"
    for path in ("listEmployeesByCodes", "listEmployeeAccountIds"):
        rows = await data(bench, f"/mozi/employee/{path}", both)
        assert [row["employeeCode"] for row in rows] == [inside.work.employee_code]
    units = {"organizationCodes": ["GO_zx331003", "GO_zx331002", "GO_no"]}
    for path in ("listOrganizationsByCodes", "listOrganizationEmployeeCount"):
        rows = await data(bench, f"/mozi/organization/{path}", units)
        assert [row["organizationCode"] for row in rows] == ["GO_zx331002"]


async def test_somebody_named_in_the_range_is_seen(bench: "Bench") -> None:
    """A range may name people one by one: who they are is told, posts outside of it are not."""
    account = bench.world.officials[0].work
    assert account is not None
    bench.set_up(sandbox={"range": (account.employee_code,)})

    one = await data(bench, "/mozi/employee/getEmployeeByCode", {"employeeCode": account.employee_code})
    posts = await data(
        bench, "/mozi/employee/listEmployeePositionsByEmployeeCode", {"employeeCode": account.employee_code}
    )

    assert (one["employeeCode"], posts) == (account.employee_code, [])


@pytest.mark.parametrize("path", PATHS)
async def test_every_call_names_the_tenant(bench: "Bench", path: str) -> None:
    """A5: ``tenantId`` is required; another tenant's is refused."""
    assert await failure(bench, path, {"organizationCode": "GO_root"}) == "MFH-B003-02-16-0002"
    assert await failure(bench, path, {"tenantId": 7}) == "MFH-B003-02-16-0003"
