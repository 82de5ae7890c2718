"""The tree of organisations (wire-formats A5)."""

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import UNKNOWN, Book, has
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE


class Tree:
    """Answers about organisations by their codes, what is below and what is above."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/organization/getOrganizationByCode", self.organization),
            gate.post("/mozi/organization/listOrganizationsByCodes", self.organizations),
            gate.post("/mozi/organization/pageSubOrganizationCodes", self.below),
            gate.post("/mozi/organization/getOrganizationLine", self.line),
            gate.post("/mozi/organization/getOrganizationPath", self.path),
        ]

    def organization(self, parameters: Parameters) -> Response:
        """``getOrganizationByCode``: with all fields."""
        self._book.own_tenant(parameters)
        row = self._book.organizations.single.get(self._book.organization(parameters))
        if row is None:
            raise FailedError(UNKNOWN, "no such organization")
        return succeeded(row)

    def organizations(self, parameters: Parameters) -> Response:
        """``listOrganizationsByCodes``: fewer fields than the single call; unknown codes are left out."""
        self._book.own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("organizationCodes", self._book.most_codes))
        rows = self._book.organizations.listed
        return succeeded([rows[code] for code in codes if code in rows and self._book.sees_unit(code)])

    def below(self, parameters: Parameters) -> Response:
        """``pageSubOrganizationCodes``: the codes directly below; none of them is frozen."""
        self._book.own_tenant(parameters)
        page = self._book.page(parameters)
        below = self._book.organizations.below.get(self._book.organization(parameters), [])
        codes = below if has(parameters.get("status", ACTIVE), active=True) else []
        return succeeded(page.rows(codes), **page.facts(codes))

    def line(self, parameters: Parameters) -> Response:
        """``getOrganizationLine``: the organisation and all it lies in, the root last; nothing for an unknown one."""
        return succeeded([self._book.organizations.listed[code] for code in self._chain(parameters)])

    def path(self, parameters: Parameters) -> Response:
        """``getOrganizationPath``: the same, the root first."""
        return succeeded([self._book.organizations.listed[code] for code in reversed(self._chain(parameters))])

    def _chain(self, parameters: Parameters) -> list[str]:
        self._book.own_tenant(parameters)
        return self._book.organizations.chain(self._book.organization(parameters))
