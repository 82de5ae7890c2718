"""The people of the address book, made once from the world; their rows are written when asked for (A5)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from connectors.sandbox.names import office_phone, person_name
from connectors.sandbox.world import Account, PersonSeed, World, opaque

ACTIVE, FROZEN = "A", "F"
_ONE_LEFT_OF = 40
_INNER = "GOV_INTERNAL_INSTITUTION"


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody in the book."""

    code: str
    name: str
    gender: str
    active: bool
    account_id: int
    since: str

    def row(self) -> dict[str, Any]:
        """As the platform sends them, without posts."""
        return {
            "employeeName": self.name,
            "employeeCode": self.code,
            "empGender": self.gender,
            "status": _status(active=self.active),
            "gmtCreate": self.since,
            "govEmpAvatar": f"$avatar{self.account_id}",
            "empJobLevelCode": "ZHI_JI_QI_TA",
            "empBudgetedPostCode": "BIAN_ZHI_QI_TA",
        }


@dataclass(frozen=True, slots=True)
class Post:
    """A post; ``place`` is where the person stands among those of the organisation, ``inner`` whether that is one."""

    employee_code: str
    organization_code: str
    unit_code: str
    title: str
    office_phone: str
    active: bool
    main: bool
    place: int
    since: str
    inner: bool

    def row(self) -> dict[str, Any]:
        """As the platform sends it."""
        row = {
            "mainJob": self.main,
            "employeeCode": self.employee_code,
            "organizationCode": self.organization_code,
            "status": _status(active=self.active),
            "gmtCreate": self.since,
            "orderInOrganization": self.place,
            "govEmpPosJob": self.title,
            "govEmpPosPhoneNo": self.office_phone,
            "empPosUnitCode": self.unit_code,
            "empPosEmployeeRoleCode": "REN_YUAN_JU_SE_PU_TONG_YONG_HU",
            "jobAttributesCode": "1",
            "posJobRankCode": "CENG_CI_QI_TA",
            "visibilityIndicatorCode": "XIAN_JI_YI_BAN_GONG_ZUO_REN_YUAN",
        }
        return row | ({"empPosInnerInstitutionCode": self.organization_code} if self.inner else {})


class People:
    """Everybody with an account on the work app, and some who left; ``by_account`` and ``by_mobile`` the former."""

    def __init__(self, world: World) -> None:
        self._today = world.today
        self._inner = {unit.code for unit in world.units if unit.type_code == _INNER}
        self.employees: dict[str, Employee] = {}
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self.codes_by_organization: dict[str, list[str]] = defaultdict(list)
        self.by_mobile: dict[str, Employee] = {}
        for person in world.persons:
            if person.work is not None:
                self.by_mobile[person.mobile] = self._add(person.name, person.gender, person.work, active=True)
        self.by_account = {str(employee.account_id): employee for employee in self.employees.values()}
        for name, gender, account in _those_who_left(world):
            self._add(name, gender, account, active=False)

    def _add(self, name: str, gender: str, account: Account, *, active: bool) -> Employee:
        since = (self._today - timedelta(days=400 + account.account_id % 2000)).isoformat(" ", "seconds")[:19]
        code = account.employee_code
        employee = self.employees[code] = Employee(code, name, gender, active, account.account_id, since)
        self._post(account, account.organization_code, employee, main=True)
        if account.unit_code != account.organization_code and account.organization_code not in self._inner:
            # listed under a directory node; the post at the person's own unit is the second one
            self._post(account, account.unit_code, employee, main=False)
        return employee

    def _post(self, account: Account, organization: str, employee: Employee, *, main: bool) -> None:
        listed = self.codes_by_organization[organization]
        listed.append(employee.code)
        post = Post(
            employee_code=employee.code,
            organization_code=organization,
            unit_code=account.unit_code,
            title=account.title,
            office_phone=account.office_phone,
            active=employee.active,
            main=main,
            place=len(listed),
            since=employee.since,
            inner=organization in self._inner,
        )
        self.posts[employee.code].append(post)


def _status(*, active: bool) -> str:
    return ACTIVE if active else FROZEN


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
    """Those who can sign in, by the sandbox's person id; the super-administrator, who is in no address book, last."""
    people = (*world.persons, _administrator())
    return {person.id: (person, person.work) for person in people if person.work is not None}


def _administrator() -> PersonSeed:
    """An account without an employee code (A4.2): super-administrators are none of the tenant's employees."""
    account = Account(9_999_999, "", "GO_root", "GO_root", "", "")
    return PersonSeed("administrator-0001", "超级管理员", "9", "", "", (), None, account)
