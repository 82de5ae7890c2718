"""Search by name, of people and of organisations (wire-formats A5)."""

from functools import cached_property
from typing import Any

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import Book, has
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import MISSING_PARAMETER, Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE, Employee

Named = tuple[str, str, bool]
"""A name, its code, and whether that person is still there."""
Listing = tuple[list[Named], dict[str, tuple[int, int]]]
"""Everybody, organisation by organisation, and where each organisation's people with those below begin and end."""


class Searching:
    """Finds names that contain the words, in one organisation or in all below it; where both are told, in the one."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/fusion/pageSearchEmployee", self.people),
            gate.post("/mozi/fusion/pageSearchOrganization", self.organizations),
        ]

    @cached_property
    def _listing(self) -> Listing:
        everybody: list[Named] = []
        places: dict[str, tuple[int, int]] = {}
        for root in self._book.organizations.roots:
            self._walk(root, everybody, places)
        return everybody, places

    def _walk(self, organization: str, everybody: list[Named], places: dict[str, tuple[int, int]]) -> None:
        first = len(everybody)
        everybody += self._listed(organization)
        for code in self._book.organizations.below.get(organization, ()):
            self._walk(code, everybody, places)
        places[organization] = (first, len(everybody))

    def people(self, parameters: Parameters) -> Response:
        """``pageSearchEmployee``: without posts."""
        organization, cascade = self._within(parameters)
        listed = self._listed_below(organization) if cascade else self._listed(organization)
        words, status = parameters.get("nameKeywords").strip(), parameters.get("status", ACTIVE)
        wanted = {active for active in (True, False) if has(status, active=active)}
        found = list(dict.fromkeys(code for name, code, active in listed if words in name and active in wanted))
        page = self._book.page(parameters)
        rows = [_person_row(self._book.people.employees[code]) for code in page.rows(found)]
        return succeeded(rows, **page.facts(found))

    def organizations(self, parameters: Parameters) -> Response:
        """``pageSearchOrganization``: those directly below, or all below."""
        (organization, cascade), tree = self._within(parameters), self._book.organizations
        words, status = parameters.get("nameKeywords").strip(), parameters.get("status", ACTIVE)
        within = tree.with_below(organization) if cascade else (organization,)
        units = (tree.units[code] for each in within for code in tree.below.get(each, ()))
        found = [unit for unit in units if words in unit.name and has(status, active=True)]
        page = self._book.page(parameters)
        rows = [
            {
                "organizationName": unit.name,
                "parentCode": unit.parent_code,
                "organizationCode": unit.code,
                "status": ACTIVE,
            }
            for unit in page.rows(found)
        ]
        return succeeded(rows, **page.facts(found))

    def _listed(self, organization: str) -> list[Named]:
        people = self._book.people
        listed = (people.employees[code] for code in people.codes_by_organization.get(organization, ()))
        return [(one.name, one.code, one.active) for one in listed]

    def _listed_below(self, organization: str) -> list[Named]:
        """Those of all organisations below are neighbours in one list; who has two posts stands there twice."""
        everybody, places = self._listing
        first, end = places.get(organization, (0, 0))
        return everybody[first:end]

    def _within(self, parameters: Parameters) -> tuple[str, bool]:
        """Where to look, and whether in all below it too; raises ``FailedError`` where neither is told."""
        self._book.own_tenant(parameters)
        if parameters.get("inOrganizationCode"):
            return self._book.organization(parameters, "inOrganizationCode"), False
        if parameters.get("cascadeOrganizationCode"):
            return self._book.organization(parameters, "cascadeOrganizationCode"), True
        raise FailedError(MISSING_PARAMETER, "inOrganizationCode or cascadeOrganizationCode is required")


def _person_row(one: Employee) -> dict[str, Any]:
    row = one.row()
    names = ("employeeName", "employeeCode", "govEmpAvatar", "status")
    return {name: row[name] for name in names} | {"accountId": one.account_id, "account": f"demo-{one.account_id}"}
