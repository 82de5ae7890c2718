"""How many people an organisation has, alone or with all that lies below it (wire-formats A5)."""

from collections import Counter
from functools import cached_property

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import UNKNOWN, Book
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE, FROZEN


class Counting:
    """Counts people, not posts: somebody with two posts below an organisation counts once."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/organization/getOrganizationEmployeeCount", self.one),
            gate.post("/mozi/organization/listOrganizationEmployeeCount", self.many),
        ]

    def one(self, parameters: Parameters) -> Response:
        """``getOrganizationEmployeeCount``: a number."""
        self._book.own_tenant(parameters)
        code = self._book.organization(parameters)
        if code not in self._book.organizations.units:
            raise FailedError(UNKNOWN, "no such organization")
        return succeeded(self._count(code, parameters))

    def many(self, parameters: Parameters) -> Response:
        """``listOrganizationEmployeeCount``: unknown codes are left out."""
        self._book.own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("organizationCodes", self._book.most_codes))
        known = [code for code in codes if code in self._book.organizations.units and self._book.sees_unit(code)]
        return succeeded([{"organizationCode": c, "employeeCount": self._count(c, parameters)} for c in known])

    def _count(self, code: str, parameters: Parameters) -> int:
        """Active people unless told otherwise, with those below unless told otherwise."""
        status = parameters.get("employeeStatus", ACTIVE)
        counts = self._cascading if parameters.flag("needCascadingQuery", default=True) else self._direct
        return sum(counts[code, wanted] for wanted in (ACTIVE, FROZEN) if status in {wanted, "TOTAL"})

    @cached_property
    def _direct(self) -> Counter[tuple[str, str]]:
        people = self._book.people
        return Counter(
            (organization, ACTIVE if people.employees[code].active else FROZEN)
            for organization, codes in people.codes_by_organization.items()
            for code in codes
        )

    @cached_property
    def _cascading(self) -> Counter[tuple[str, str]]:
        book = self._book  # many hold posts in the same organisations: they are counted together
        alike = Counter(
            (tuple(p.organization_code for p in posts), posts[0].active) for posts in book.people.posts.values()
        )
        counts: Counter[tuple[str, str]] = Counter()
        for (held, active), number in alike.items():
            for organization in {each for code in held for each in book.organizations.chain(code)}:
                counts[organization, ACTIVE if active else FROZEN] += number
        return counts
