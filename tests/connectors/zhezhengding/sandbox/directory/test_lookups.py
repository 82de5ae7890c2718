"""Rows of the address book's table that answer about accounts, names, numbers of people and scopes (wire-formats A5)."""

from typing import TYPE_CHECKING

import pytest

from tests.connectors.zhezhengding.sandbox.directory.test_book import TENANT, data, failure

if TYPE_CHECKING:
    from connectors.sandbox.world import Account, PersonSeed
    from connectors.zhezhengding.signing import Params
    from tests.connectors.zhezhengding.conftest import Bench

EMPLOYEE, ORGANIZATION, FUSION = "/mozi/employee", "/mozi/organization", "/mozi/fusion"


def workers(bench: "Bench", count: int) -> "list[tuple[PersonSeed, Account]]":
    """Some who are on the work app."""
    return [(person, person.work) for person in bench.world.persons if person.work][:count]


async def test_mobiles(bench: "Bench") -> None:
    """A5, ``get_by_mobile(s)``: account and employee, ``status`` a number; unknown ones fail alone, in lists are left out."""
    (first, work), (second, _) = workers(bench, 2)

    one = await data(
        bench, f"{EMPLOYEE}/get_by_mobile", {"mobile": first.mobile, "areaCode": "86", "namespace": "local"}
    )
    many = await data(bench, f"{EMPLOYEE}/get_by_mobiles", {"mobiles": f"{second.mobile},13900000000,{first.mobile}"})
    abroad = await data(bench, f"{EMPLOYEE}/get_by_mobiles", {"mobiles": first.mobile, "areaCode": "44"})
    elsewhere = await data(bench, f"{EMPLOYEE}/get_by_mobiles", {"mobiles": first.mobile, "namespace": "other"})

    row = {"accountId": work.account_id, "mobile": first.mobile, "employeeCode": work.employee_code, "status": 0}
    assert one == row
    assert [found["mobile"] for found in many] == [second.mobile, first.mobile]
    assert (many[1], abroad, elsewhere) == (row, [], [])
    unknown = {"tenantId": TENANT, "mobile": "13900000000"}
    assert await failure(bench, f"{EMPLOYEE}/get_by_mobile", unknown) == "MFH-B003-02-16-0001"


async def test_fifty_mobiles_are_the_most(bench: "Bench") -> None:
    """F6: one more is an E1 failure."""
    numbers = [f"139{at:08d}" for at in range(51)]

    assert await data(bench, f"{EMPLOYEE}/get_by_mobiles", {"mobiles": ",".join(numbers[:50])}) == []
    too_many = {"tenantId": TENANT, "mobiles": ",".join(numbers)}
    assert await failure(bench, f"{EMPLOYEE}/get_by_mobiles", too_many) == "MFH-B003-02-16-0004"


async def test_accounts_and_employees(bench: "Bench") -> None:
    """A5, ``listEmployeeAccountIds``, ``listGovEmployeeCodesByAccountIds``, ``listAccountOrgByIdAndCodes``."""
    ((_, work),) = workers(bench, 1)
    code, account = work.employee_code, work.account_id

    ids = await data(bench, f"{EMPLOYEE}/listEmployeeAccountIds", {"employeeCodes": [code, "GE_no"]})
    codes = await data(bench, f"{EMPLOYEE}/listGovEmployeeCodesByAccountIds", {"accountIds": [str(account), "1", "x"]})
    units = await data(
        bench,
        f"{EMPLOYEE}/listAccountOrgByIdAndCodes",
        {"accountId": account, "organizationCodes": [work.organization_code, "GO_root"]},
    )
    nobody = await data(
        bench, f"{EMPLOYEE}/listAccountOrgByIdAndCodes", {"accountId": "x", "organizationCodes": "GO_root"}
    )

    assert ids == [
        {"accountId": account, "accountCode": f"demo-{account}", "accountNamespace": "local", "employeeCode": code}
    ]
    assert codes == [{"accountId": account, "employeeCode": code}]
    assert [(row["accountId"], row["organizationCode"]) for row in units] == [(account, work.organization_code)]
    assert nobody == []


async def test_codes_of_people_come_in_pages(bench: "Bench") -> None:
    """A5, ``pageOrganizationEmployeeCodes``: the same people as the call that brings their posts."""
    params: Params = {"organizationCode": "GO_dir331000", "pageNo": 2, "pageSize": 30}

    codes = await data(bench, f"{ORGANIZATION}/pageOrganizationEmployeeCodes", params)
    rows = await data(bench, f"{ORGANIZATION}/pageOrganizationEmployeePositions", params)

    assert len(codes) == 30
    assert codes == [row["employeeCode"] for row in rows]


async def test_people_are_searched_by_name(bench: "Bench") -> None:
    """A5, ``pageSearchEmployee``: in one organisation or all below it, the former wins; one of the two is required."""
    person = next(p for p in bench.world.officials if p.work and p.work.organization_code == "GO_zx331002bg")
    assert person.work is not None
    within = {"nameKeywords": person.name, "inOrganizationCode": "GO_zx331002bg"}
    both = within | {"cascadeOrganizationCode": "GO_zx331003"}

    (row,) = await data(bench, f"{FUSION}/pageSearchEmployee", within)
    wins = await data(bench, f"{FUSION}/pageSearchEmployee", both)
    below = await data(
        bench, f"{FUSION}/pageSearchEmployee", {"nameKeywords": person.name, "cascadeOrganizationCode": "GO_rg331002"}
    )
    left = await data(bench, f"{FUSION}/pageSearchEmployee", within | {"status": "F"})

    assert row == {
        "employeeName": person.name,
        "accountId": person.work.account_id,
        "account": f"demo-{person.work.account_id}",
        "employeeCode": person.work.employee_code,
        "govEmpAvatar": f"$avatar{person.work.account_id}",
        "status": "A",
    }
    assert (wins, left) == ([row], [])
    assert row in below
    lacking = {"tenantId": TENANT, "nameKeywords": person.name}
    assert await failure(bench, f"{FUSION}/pageSearchEmployee", lacking) == "MFH-B003-02-16-0002"


async def test_organizations_are_searched_by_name(bench: "Bench") -> None:
    """A5, ``pageSearchOrganization``: the same."""
    direct = await data(
        bench, f"{FUSION}/pageSearchOrganization", {"nameKeywords": "办公室", "inOrganizationCode": "GO_zx331000"}
    )
    everywhere = await bench.asked(
        f"{FUSION}/pageSearchOrganization",
        {
            "tenantId": TENANT,
            "nameKeywords": "办公室",
            "cascadeOrganizationCode": "GO_root",
            "returnTotalSize": True,
        },
    )

    assert direct == [
        {"organizationName": "办公室", "parentCode": "GO_zx331000", "organizationCode": "GO_zx331000bg", "status": "A"}
    ]
    assert everywhere["content"]["totalSize"] == sum("办公室" in unit.name for unit in bench.world.units)


async def test_people_are_counted(bench: "Bench") -> None:
    """A5, ``get…`` and ``listOrganizationEmployeeCount``: active people, those below too, unless told otherwise."""
    everybody = sum(person.work is not None for person in bench.world.persons)
    path = f"{ORGANIZATION}/getOrganizationEmployeeCount"

    below = await data(bench, path, {"organizationCode": "GO_root"})
    alone = await data(bench, path, {"organizationCode": "GO_root", "needCascadingQuery": False})
    left = await data(bench, path, {"organizationCode": "GO_root", "employeeStatus": "F"})
    total = await data(bench, path, {"organizationCode": "GO_root", "employeeStatus": "TOTAL"})
    many = await data(
        bench, f"{ORGANIZATION}/listOrganizationEmployeeCount", {"organizationCodes": ["GO_root", "GO_no"]}
    )

    assert (below, alone, left > 0, total) == (everybody, 0, True, everybody + left)
    assert many == [{"organizationCode": "GO_root", "employeeCount": everybody}]
    unclear = {"tenantId": TENANT, "organizationCode": "GO_root", "needCascadingQuery": "perhaps"}
    assert await failure(bench, path, unclear) == "MFH-B003-02-16-0005"
    assert await failure(bench, path, {"tenantId": TENANT, "organizationCode": "GO_no"}) == "MFH-B003-02-16-0001"


async def test_the_way_to_the_root(bench: "Bench") -> None:
    """A5, ``getOrganizationLine``, ``getOrganizationPath``: the chain, one way round and the other."""
    params: Params = {"organizationCode": "GO_zx331002bg"}

    line = await data(bench, f"{ORGANIZATION}/getOrganizationLine", params)
    path = await data(bench, f"{ORGANIZATION}/getOrganizationPath", params)

    assert [row["organizationCode"] for row in path] == [
        "GO_root",
        "GO_rg331000",
        "GO_rg331002",
        "GO_zx331002",
        "GO_zx331002bg",
    ]
    assert line == list(reversed(path))


async def test_scopes_come_in_the_other_envelope(bench: "Bench") -> None:
    """A5, ``scopesV2``: E2, whose content is the answer itself."""
    answered = await bench.asked("/auth/scopesV2", {"tenantId": TENANT})

    assert answered == {
        "success": True,
        "content": {"userVisibleScopes": [], "deptVisibleScopes": ["GO_root"]},
        "errorCode": "0",
        "errorMsg": "success",
        "errorLevel": None,
    }


async def test_the_used_range_comes_in_pages(bench: "Bench") -> None:
    """A5, ``getAppUsedRange``: its page is called ``currentPage``."""
    bench.set_up(sandbox={"range": [f"GO_rg3310{at:02d}" for at in (2, 3, 4)]})

    answered = await bench.asked(
        "/openplatform/appcenter/getAppUsedRange", {"tenantId": TENANT, "currentPage": 2, "pageSize": 2}
    )

    assert answered["content"]["data"] == {"organizationCodes": ["GO_rg331004"], "employeeCodes": []}
    assert answered["content"]["currentPage"] == 2


async def test_code_tables_and_tags(bench: "Bench") -> None:
    """A5, ``queryByPropertyCode``, ``pageEmployeesByTagCode``."""
    genders = await data(bench, "/mozi/enumdictionary/queryByPropertyCode", {"propertyCode": "empGender"})
    none = await data(bench, "/mozi/enumdictionary/queryByPropertyCode", {"propertyCode": "no"})
    staff = await data(bench, f"{EMPLOYEE}/pageEmployeesByTagCode", {"tagCode": "TAG_STAFF", "pageSize": 3})

    assert [(row["code"], row["name"]) for row in genders] == [("1", "男"), ("2", "女"), ("9", "未说明")]
    assert (none, len(staff)) == ([], 3)
    unknown = {"tenantId": TENANT, "tagCode": "no"}
    assert await failure(bench, f"{EMPLOYEE}/pageEmployeesByTagCode", unknown) == "MFH-B003-02-16-0001"


@pytest.mark.parametrize("as_string", [False, True])
async def test_data_may_be_a_string(bench: "Bench", as_string: bool) -> None:  # noqa: FBT001 - a case
    """E3, A7: the official SDK types ``data`` as a string; by a switch the sandbox puts its JSON into one."""
    bench.set_up(sandbox={"data_as_string": as_string})

    answered = await bench.asked("/mozi/enumdictionary/queryByPropertyCode", {"tenantId": TENANT, "propertyCode": "no"})

    assert answered["content"]["data"] == ("[]" if as_string else [])


async def test_id_card_numbers_are_not_served(bench: "Bench") -> None:
    """A5: the call exists and must never be made; here it is none."""
    request = bench.request(bench.client(), "POST", f"{EMPLOYEE}/listIdentityCardNoByCodes", {"tenantId": TENANT})

    assert (await bench.http.send(request)).status_code == 404
