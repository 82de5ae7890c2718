"""The people of the address book as wire rows, made once from the world and kept encoded (wire-formats A5)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from connectors.sandbox.names import office_phone, person_name
from connectors.sandbox.world import Account, PersonSeed, World, opaque

ACTIVE, FROZEN = "A", "F"
_ONE_LEFT_OF = 40
_INNER = "GOV_INTERNAL_INSTITUTION"


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody in the book; ``row`` is the encoded object without posts."""

    code: str
    active: bool
    fields: dict[str, Any]
    row: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Post:
    """A post; ``row`` is the encoded object."""

    employee_code: str
    organization_code: str
    active: bool
    main: bool
    row: msgspec.Raw


class People:
    """Everybody with an account on the work app, and some who left."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._inner = {unit.code for unit in world.units if unit.type_code == _INNER}
        self.employees: dict[str, Employee] = {}
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self.codes_by_organization: dict[str, list[str]] = defaultdict(list)
        for person in world.persons:
            if person.work is not None:
                self._add(person.name, person.gender, person.work, active=True)
        for name, gender, account in _those_who_left(world):
            self._add(name, gender, account, active=False)

    def _add(self, name: str, gender: str, account: Account, *, active: bool) -> None:
        code = account.employee_code
        since = self._world.today - timedelta(days=400 + account.account_id % 2000)
        common = {"status": ACTIVE if active else FROZEN, "gmtCreate": since.strftime("%Y-%m-%d %H:%M:%S")}
        fields = {
            "employeeName": name,
            "employeeCode": code,
            "empGender": gender,
            **common,
            "govEmpAvatar": f"$avatar{account.account_id}",
            "empJobLevelCode": "ZHI_JI_QI_TA",
            "empBudgetedPostCode": "BIAN_ZHI_QI_TA",
        }
        self.employees[code] = Employee(code, active, fields, _raw(fields))
        self._post(account, account.organization_code, common, main=True)
        if account.unit_code != account.organization_code and account.organization_code not in self._inner:
            # listed under a directory node; the post at the person's own unit is the second one
            self._post(account, account.unit_code, common, main=False)

    def _post(self, account: Account, organization: str, common: dict[str, str], *, main: bool) -> None:
        listed = self.codes_by_organization[organization]
        fields = {
            "mainJob": main,
            "employeeCode": account.employee_code,
            "organizationCode": organization,
            **common,
            "orderInOrganization": len(listed) + 1,
            "govEmpPosJob": account.title,
            "govEmpPosPhoneNo": account.office_phone,
            "empPosUnitCode": account.unit_code,
            "empPosEmployeeRoleCode": "REN_YUAN_JU_SE_PU_TONG_YONG_HU",
            "jobAttributesCode": "1",
            "posJobRankCode": "CENG_CI_QI_TA",
            "visibilityIndicatorCode": "XIAN_JI_YI_BAN_GONG_ZUO_REN_YUAN",
        }
        if organization in self._inner:
            fields["empPosInnerInstitutionCode"] = organization
        active = common["status"] == ACTIVE
        listed.append(account.employee_code)
        self.posts[account.employee_code].append(Post(account.employee_code, organization, active, main, _raw(fields)))


def _those_who_left(world: World) -> Iterator[tuple[str, str, Account]]:
    """Former officials, still in the book as frozen; nobody can sign in as one."""
    random = world.random("zhezhengding: those who left")
    highest = max((person.work.account_id for person in world.persons if person.work), default=10_000_000)
    units = [unit.code for unit in world.units if unit.type_code == "GOV_UNIT"]
    for at in range(len(world.officials) // _ONE_LEFT_OF):
        name, gender = person_name(random)
        code, unit = f"GE_{opaque('left', at, world.seed)[:16]}", random.choice(units)
        yield name, gender, Account(highest + 1 + at, code, unit, unit, "科员", office_phone(random, "0576"))


def accounts_by_person(world: World) -> dict[str, tuple[PersonSeed, Account]]:
    """Those who can sign in, by the sandbox's person id."""
    return {person.id: (person, person.work) for person in world.persons if person.work is not None}


def _raw(fields: dict[str, Any]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(fields))
