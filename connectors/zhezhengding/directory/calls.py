"""The address book's calls, one method each (wire-formats A5). All by POST, all of the application's own tenant."""

from collections.abc import Sequence

from msgspec.json import Decoder

from connectors.deadline import Deadline
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.payloads import (
    AccountPayload,
    Counted,
    EmployeePayload,
    FoundEmployeePayload,
    OrganizationPayload,
    PositionPayload,
    ScopesPayload,
)
from connectors.zhezhengding.envelope import Held
from connectors.zhezhengding.rows import Rows, RowShape, total_of
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Value

_EMPLOYEES = RowShape(EmployeePayload, "employeeCode")
_POSITIONS = RowShape(PositionPayload, "employeeCode")
_FOUND = RowShape(FoundEmployeePayload, "employeeCode")
_ACCOUNTS = RowShape(AccountPayload, "employeeCode")
_ORGANIZATIONS = RowShape(OrganizationPayload, "organizationCode")
_CODES = Decoder(list[str] | None)
_COUNTED = Decoder(list[Counted] | None)
_SCOPES = Decoder(ScopesPayload)
_ACTIVE = "A"

Paging = dict[str, Value]
Codes = tuple[list[str], int | None]
"""Codes of one page, and how many there are in all where the platform told."""


class DirectoryCalls:
    """What the platform offers; leaves chunks and cache to the ports. All raise ``PlatformError``."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self.platform = client.platform
        self._client = client
        self._tenant = settings.tenant_id

    async def employees(self, codes: Sequence[str], deadline: Deadline) -> Rows[EmployeePayload]:
        """People, at most 100; unknown codes are missing from the answer, posts always are."""
        params = self._with(employeeCodes=codes)
        return await self._client.read("/mozi/employee/listEmployeesByCodes", params, _EMPLOYEES.read, deadline)

    async def positions(self, employee_code: str, deadline: Deadline) -> Rows[PositionPayload]:
        """All present posts of one person; the platform has no such call for several."""
        params = self._with(employeeCode=employee_code, employeePositionStatus=_ACTIVE)
        path = "/mozi/employee/listEmployeePositionsByEmployeeCode"
        return await self._client.read(path, params, _POSITIONS.read, deadline)

    async def positions_in(
        self, organization: str, employee_codes: Sequence[str], deadline: Deadline
    ) -> Rows[PositionPayload]:
        """The posts that people, at most 100, hold in one organisation."""
        params = self._with(organizationCode=organization, employeeCodes=employee_codes)
        path = "/mozi/employee/listOrgEmployeePositionsByCodes"
        return await self._client.read(path, params, _POSITIONS.read, deadline)

    async def people_page(self, organization: str, paging: Paging, deadline: Deadline) -> Rows[EmployeePayload]:
        """Active people listed directly in an organisation, each with the posts held there."""
        params = self._with(organizationCode=organization, employeeStatus=_ACTIVE) | paging
        path = "/mozi/organization/pageOrganizationEmployeePositions"
        return await self._client.read(path, params, _EMPLOYEES.read, deadline)

    async def found_page(
        self, words: str, place: str, organization: str, paging: Paging, deadline: Deadline
    ) -> Rows[FoundEmployeePayload]:
        """Active people by name; ``place`` is ``inOrganizationCode`` or ``cascadeOrganizationCode``."""
        params = self._with(nameKeywords=words, status=_ACTIVE) | {place: organization} | paging
        return await self._client.read("/mozi/fusion/pageSearchEmployee", params, _FOUND.read, deadline)

    async def accounts(self, employee_codes: Sequence[str], deadline: Deadline) -> Rows[AccountPayload]:
        """Accounts of people, at most 100."""
        params = self._with(employeeCodes=employee_codes)
        return await self._client.read("/mozi/employee/listEmployeeAccountIds", params, _ACCOUNTS.read, deadline)

    async def accounts_by_mobile(self, mobiles: Sequence[str], deadline: Deadline) -> Rows[AccountPayload]:
        """Accounts by mobile number, at most 50; the numbers stand in the answer."""
        params = self._with(mobiles=",".join(mobiles), areaCode="86", namespace="local")
        return await self._client.read("/mozi/employee/get_by_mobiles", params, _ACCOUNTS.read, deadline)

    async def organizations(self, codes: Sequence[str], deadline: Deadline) -> Rows[OrganizationPayload]:
        """Organisations, at most 100; unknown codes are missing from the answer."""
        params = self._with(organizationCodes=codes)
        path = "/mozi/organization/listOrganizationsByCodes"
        return await self._client.read(path, params, _ORGANIZATIONS.read, deadline)

    async def codes_below(self, organization: str, paging: Paging, deadline: Deadline) -> Codes:
        """Codes of a page of the organisations directly below."""
        params = self._with(organizationCode=organization, status=_ACTIVE) | paging
        return await self._client.read("/mozi/organization/pageSubOrganizationCodes", params, _codes_in, deadline)

    async def path(self, organization: str, deadline: Deadline) -> Rows[OrganizationPayload]:
        """The organisation and all it lies in; the order is not published."""
        params = self._with(organizationCode=organization)
        return await self._client.read("/mozi/organization/getOrganizationPath", params, _ORGANIZATIONS.read, deadline)

    async def counts(self, codes: Sequence[str], deadline: Deadline) -> list[Counted]:
        """How many active people organisations have, at most 100, with all below; rows as the platform names them."""
        params = self._with(organizationCodes=codes, employeeStatus=_ACTIVE, needCascadingQuery=True)
        path = "/mozi/organization/listOrganizationEmployeeCount"
        return await self._client.call("POST", path, params, _COUNTED, deadline) or []

    async def scopes(self, deadline: Deadline) -> ScopesPayload:
        """What the application may read."""
        return await self._client.call("POST", "/auth/scopesV2", self._with(), _SCOPES, deadline)

    def _with(self, **params: Value) -> dict[str, Value]:
        return {**params, "tenantId": self._tenant}


def _codes_in(held: Held) -> Codes:
    total = total_of(held)
    return held.decoded(_CODES) or [], total if isinstance(total, int) else None
