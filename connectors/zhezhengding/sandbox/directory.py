"""The address book's calls (wire-formats A5, F 6)."""

from starlette.responses import Response

from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.organizations import Organizations
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE, FROZEN, People, Post
from connectors.zhezhengding.settings import ZhezhengdingSettings

UNKNOWN = "MFH-B003-02-16-0001"
FOREIGN_TENANT = "MFH-B003-02-16-0003"
_MAIN = "EMPLOYEE_POSITION_MAIN"


class Directory:
    """Answers from what was made of the world at the start."""

    def __init__(self, settings: ZhezhengdingSettings, world: World) -> None:
        self._tenant = str(settings.tenant_id)
        self._most = settings.batch.codes
        self._largest_page = settings.batch.page_size
        self._people = People(world)
        self._organizations = Organizations(world)

    def employee(self, parameters: Parameters) -> Response:
        """``getEmployeeByCode``."""
        self._own_tenant(parameters)
        employee = self._people.employees.get(parameters.required("employeeCode"))
        if employee is None:
            raise FailedError(UNKNOWN, "no such employee")
        return succeeded(employee.row)

    def employees(self, parameters: Parameters) -> Response:
        """``listEmployeesByCodes``: without posts; unknown codes are left out."""
        self._own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("employeeCodes", self._most))
        return succeeded([self._people.employees[code].row for code in codes if code in self._people.employees])

    def positions(self, parameters: Parameters) -> Response:
        """``listEmployeePositionsByEmployeeCode``: active ones unless told otherwise."""
        self._own_tenant(parameters)
        posts = self._people.posts.get(parameters.required("employeeCode"), [])
        status, only_main = parameters.get("employeePositionStatus", ACTIVE), parameters.get("employeePositionType")
        wanted = [post for post in posts if _has(status, active=post.active) and (post.main or only_main != _MAIN)]
        return succeeded([post.row for post in wanted])

    def directory_positions(self, parameters: Parameters) -> Response:
        """``listOrgEmployeePositionsByCodes``: posts in one organisation, those given up too."""
        self._own_tenant(parameters)
        organization = parameters.required("organizationCode")
        codes = dict.fromkeys(parameters.codes("employeeCodes", self._most))
        return succeeded([post.row for code in codes for post in self._posts(code, organization)])

    def organization(self, parameters: Parameters) -> Response:
        """``getOrganizationByCode``: with all fields."""
        self._own_tenant(parameters)
        row = self._organizations.single.get(parameters.required("organizationCode"))
        if row is None:
            raise FailedError(UNKNOWN, "no such organization")
        return succeeded(row)

    def organizations(self, parameters: Parameters) -> Response:
        """``listOrganizationsByCodes``: fewer fields than the single call; unknown codes are left out."""
        self._own_tenant(parameters)
        codes = dict.fromkeys(parameters.codes("organizationCodes", self._most))
        rows = self._organizations.listed
        return succeeded([rows[code] for code in codes if code in rows])

    def people_page(self, parameters: Parameters) -> Response:
        """``pageOrganizationEmployeePositions``: people listed directly there, each with the posts held there."""
        self._own_tenant(parameters)
        organization = parameters.required("organizationCode")
        status = parameters.get("employeeStatus", ACTIVE)
        page = parameters.page(self._largest_page)
        listed = self._people.codes_by_organization.get(organization, [])
        codes = [code for code in listed if _has(status, active=self._people.employees[code].active)]
        rows = [
            self._people.employees[code].fields
            | {"govEmployeePositions": [post.row for post in self._posts(code, organization)]}
            for code in page.rows(codes)
        ]
        return succeeded(rows, **page.facts(codes))

    def below(self, parameters: Parameters) -> Response:
        """``pageSubOrganizationCodes``: the codes directly below; none of them is frozen."""
        self._own_tenant(parameters)
        page = parameters.page(self._largest_page)
        below = self._organizations.below.get(parameters.required("organizationCode"), [])
        codes = below if _has(parameters.get("status", ACTIVE), active=True) else []
        return succeeded(page.rows(codes), **page.facts(codes))

    def _posts(self, employee_code: str, organization: str) -> list[Post]:
        posts = self._people.posts.get(employee_code, [])
        return [post for post in posts if post.organization_code == organization]

    def _own_tenant(self, parameters: Parameters) -> None:
        if parameters.required("tenantId") != self._tenant:
            raise FailedError(FOREIGN_TENANT, "no such tenant")


def _has(status: str, *, active: bool) -> bool:
    """Whether something is of that status: A, F, or either with TOTAL."""
    return status in {ACTIVE if active else FROZEN, "TOTAL"}
