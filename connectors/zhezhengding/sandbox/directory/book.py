"""What all the address book's calls go by: its rows, its limits, its tenant, and what the application may read."""

from functools import cached_property

from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.sandbox.organizations import Organizations
from connectors.zhezhengding.sandbox.parameters import PageRequest, Parameters
from connectors.zhezhengding.sandbox.people import ACTIVE, FROZEN, People, Post
from connectors.zhezhengding.settings import ZhezhengdingSettings

UNKNOWN = "MFH-B003-02-16-0001"
FOREIGN_TENANT = "MFH-B003-02-16-0003"
UNIT_OUT_OF_RANGE = "300037"
PERSON_OUT_OF_RANGE = "MFH-B003-02-16-0037"
ROOT = "GO_root"


class Book:
    """Made once from the world; the people and the organisations when first asked for."""

    def __init__(self, settings: ZhezhengdingSettings, world: World) -> None:
        self.range = settings.sandbox.range
        self.most_codes = settings.batch.codes
        self.most_mobiles = settings.batch.mobiles
        self.world = world
        self._tenant = str(settings.tenant_id)
        self._largest_page = settings.batch.page_size

    @cached_property
    def people(self) -> People:
        """Everybody in it."""
        return People(self.world)

    @cached_property
    def organizations(self) -> Organizations:
        """Where they belong."""
        return Organizations(self.world)

    def own_tenant(self, parameters: Parameters) -> None:
        """Every call names the tenant; raises ``FailedError`` where it does not, or names another."""
        if parameters.required("tenantId") != self._tenant:
            raise FailedError(FOREIGN_TENANT, "no such tenant")

    def page(self, parameters: Parameters) -> PageRequest:
        """Which page is asked for; never more than a hundred rows."""
        return parameters.page(self._largest_page)

    def organization(self, parameters: Parameters, name: str = "organizationCode") -> str:
        """The organisation a call is about; raises ``FailedError`` for one the application may not read."""
        code = parameters.required(name)
        if code in self.organizations.units and not self.sees_unit(code):
            raise FailedError(UNIT_OUT_OF_RANGE, f"no right to operate {code}")
        return code

    def employee(self, parameters: Parameters, name: str = "employeeCode") -> str:
        """The person a call is about; raises ``FailedError`` for one the application may not read."""
        code = parameters.required(name)
        if code in self.people.employees and not self.sees_person(code):
            raise FailedError(PERSON_OUT_OF_RANGE, f"no right to operate {code}")
        return code

    def sees_unit(self, code: str) -> bool:
        """Whether the application may read it."""
        return self._units is None or code in self._units

    def sees_person(self, code: str) -> bool:
        """Whether the application may read them: named themselves, or with a post in an organisation it may read."""
        if self._units is None or code in self.range:
            return True
        return any(post.organization_code in self._units for post in self.people.posts.get(code, ()))

    def posts(self, employee_code: str, organization: str | None = None) -> list[Post]:
        """Somebody's posts that the application may read, in one organisation or everywhere."""
        held = self.people.posts.get(employee_code, [])
        wanted = [post for post in held if organization in (None, post.organization_code)]
        return wanted if self._units is None else [post for post in wanted if post.organization_code in self._units]

    @cached_property
    def _units(self) -> frozenset[str] | None:
        """Codes of what the application may read; None for everything."""
        if not self.range:
            return None
        return frozenset(code for each in self.range for code in self.organizations.with_below(each))


def has(status: str, *, active: bool) -> bool:
    """Whether something is of that status: A, F, or either with TOTAL."""
    return status in {ACTIVE if active else FROZEN, "TOTAL"}
