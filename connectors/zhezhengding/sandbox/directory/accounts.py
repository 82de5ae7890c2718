"""Whose account belongs to whom: by account, by employee, by mobile number (wire-formats A5)."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import PERSON_OUT_OF_RANGE, UNKNOWN, Book
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import Employee

_NAMESPACE = "local"
_AREA = "86"
_NORMAL = 0


class Accounts:
    """Answers for those who can sign in; who left has no account any more."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/employee/get_by_mobile", self.by_mobile),
            gate.post("/mozi/employee/get_by_mobiles", self.by_mobiles),
            gate.post("/mozi/employee/listEmployeeAccountIds", self.account_ids),
            gate.post("/mozi/employee/listGovEmployeeCodesByAccountIds", self.employee_codes),
            gate.post("/mozi/employee/listAccountOrgByIdAndCodes", self.organizations),
        ]

    def by_mobile(self, parameters: Parameters) -> Response:
        """``get_by_mobile``; ``status`` is a number here."""
        self._book.own_tenant(parameters)
        mobile = parameters.required("mobile")
        employee = self._of_mobiles(parameters).get(mobile)
        if employee is None:
            raise FailedError(UNKNOWN, "no such mobile")
        if not self._book.sees_person(employee.code):
            raise FailedError(PERSON_OUT_OF_RANGE, f"no right to operate {employee.code}")
        return succeeded(_mobile_row(mobile, employee))

    def by_mobiles(self, parameters: Parameters) -> Response:
        """``get_by_mobiles``: comma-joined, at most fifty; unknown ones are left out."""
        self._book.own_tenant(parameters)
        mobiles = dict.fromkeys(parameters.listed("mobiles", self._book.most_mobiles))
        known = self._of_mobiles(parameters)
        found = ((mobile, known[mobile]) for mobile in mobiles if mobile in known)
        return succeeded([_mobile_row(mobile, one) for mobile, one in found if self._book.sees_person(one.code)])

    def account_ids(self, parameters: Parameters) -> Response:
        """``listEmployeeAccountIds``: unknown codes are left out."""
        self._book.own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("employeeCodes", self._book.most_codes))
        found = (self._book.people.employees[code] for code in codes if code in self._book.people.employees)
        rows = [
            {
                "accountId": one.account_id,
                "accountCode": f"demo-{one.account_id}",
                "accountNamespace": _NAMESPACE,
                "employeeCode": one.code,
            }
            for one in found
            if one.active and self._book.sees_person(one.code)
        ]
        return succeeded(rows)

    def employee_codes(self, parameters: Parameters) -> Response:
        """``listGovEmployeeCodesByAccountIds``: unknown accounts are left out."""
        self._book.own_tenant(parameters)
        ids = dict.fromkeys(parameters.codes("accountIds", self._book.most_codes))
        found = (self._book.people.by_account[each] for each in ids if each in self._book.people.by_account)
        seen = [one for one in found if self._book.sees_person(one.code)]
        return succeeded([{"accountId": one.account_id, "employeeCode": one.code} for one in seen])

    def organizations(self, parameters: Parameters) -> Response:
        """``listAccountOrgByIdAndCodes``: in which of these organisations the account holds a post."""
        self._book.own_tenant(parameters)
        account = parameters.required("accountId")
        wanted = set(parameters.codes("organizationCodes", self._book.most_codes))
        employee = self._book.people.by_account.get(account)
        posts = (
            [post for post in self._book.posts(employee.code) if post.organization_code in wanted] if employee else []
        )
        return succeeded(
            [
                {"accountId": int(account), "employeeCode": post.employee_code, "organizationCode": code}
                for post in posts
                for code in (post.organization_code,)
            ]
        )

    def _of_mobiles(self, parameters: Parameters) -> Mapping[str, Employee]:
        """Everybody by their number; nobody in another country or another namespace."""
        ours = parameters.get("areaCode", _AREA) == _AREA and parameters.get("namespace", _NAMESPACE) == _NAMESPACE
        return self._book.people.by_mobile if ours else {}


def _mobile_row(mobile: str, employee: Employee) -> dict[str, Any]:
    return {
        "accountId": employee.account_id,
        "mobile": mobile,
        "employeeCode": employee.code,
        "status": _NORMAL,
    }
