"""People and their posts (wire-formats A5)."""

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import UNKNOWN, Book, has
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE

_MAIN = "EMPLOYEE_POSITION_MAIN"


class Employees:
    """Answers about people by their codes, and about those of one organisation."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/employee/getEmployeeByCode", self.employee),
            gate.post("/mozi/employee/listEmployeesByCodes", self.employees),
            gate.post("/mozi/employee/listEmployeePositionsByEmployeeCode", self.positions),
            gate.post("/mozi/employee/listOrgEmployeePositionsByCodes", self.positions_in),
            gate.post("/mozi/organization/pageOrganizationEmployeeCodes", self.codes_page),
            gate.post("/mozi/organization/pageOrganizationEmployeePositions", self.people_page),
        ]

    def employee(self, parameters: Parameters) -> Response:
        """``getEmployeeByCode``."""
        self._book.own_tenant(parameters)
        employee = self._book.people.employees.get(self._book.employee(parameters))
        if employee is None:
            raise FailedError(UNKNOWN, "no such employee")
        return succeeded(employee.row())

    def employees(self, parameters: Parameters) -> Response:
        """``listEmployeesByCodes``: without posts; unknown codes are left out."""
        self._book.own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("employeeCodes", self._book.most_codes))
        known = (code for code in codes if code in self._book.people.employees and self._book.sees_person(code))
        return succeeded([self._book.people.employees[code].row() for code in known])

    def positions(self, parameters: Parameters) -> Response:
        """``listEmployeePositionsByEmployeeCode``: active ones unless told otherwise."""
        self._book.own_tenant(parameters)
        posts = self._book.posts(self._book.employee(parameters))
        status, only_main = parameters.get("employeePositionStatus", ACTIVE), parameters.get("employeePositionType")
        wanted = [post for post in posts if has(status, active=post.active) and (post.main or only_main != _MAIN)]
        return succeeded([post.row() for post in wanted])

    def positions_in(self, parameters: Parameters) -> Response:
        """``listOrgEmployeePositionsByCodes``: posts in one organisation, those given up too."""
        self._book.own_tenant(parameters)
        organization = self._book.organization(parameters)
        codes = dict.fromkeys(parameters.codes("employeeCodes", self._book.most_codes))
        return succeeded([post.row() for code in codes for post in self._book.posts(code, organization)])

    def codes_page(self, parameters: Parameters) -> Response:
        """``pageOrganizationEmployeeCodes``: codes of the people listed directly there."""
        self._book.own_tenant(parameters)
        codes = self._listed(parameters, parameters.get("employeePositionStatus", ACTIVE))
        page = self._book.page(parameters)
        return succeeded(page.rows(codes), **page.facts(codes))

    def people_page(self, parameters: Parameters) -> Response:
        """``pageOrganizationEmployeePositions``: people listed directly there, each with the posts held there."""
        self._book.own_tenant(parameters)
        codes = self._listed(parameters, parameters.get("employeeStatus", ACTIVE))
        page, organization = self._book.page(parameters), parameters.required("organizationCode")
        rows = [
            self._book.people.employees[code].row()
            | {"govEmployeePositions": [post.row() for post in self._book.posts(code, organization)]}
            for code in page.rows(codes)
        ]
        return succeeded(rows, **page.facts(codes))

    def _listed(self, parameters: Parameters, status: str) -> list[str]:
        listed = self._book.people.codes_by_organization.get(self._book.organization(parameters), [])
        return [code for code in listed if has(status, active=self._book.people.employees[code].active)]
