"""The tags of events that were seen (wire-formats A9), and what each is about."""

from collections.abc import Mapping

from connectors.records.event import HintKind

_PREFIX = "MOZI_VDS_TENANT_CHANGE|"
_EMPLOYEE, _ORGANIZATION = frozenset({HintKind.EMPLOYEE}), frozenset({HintKind.ORGANIZATION})

TAGS: Mapping[str, frozenset[HintKind]] = {
    f"{_PREFIX}ORGANIZATION_ADD_UPDATE": _ORGANIZATION,
    f"{_PREFIX}ORGANIZATION_PARENT_CHANGED": _ORGANIZATION,
    f"{_PREFIX}ORGANIZATION_REMOVE": _ORGANIZATION,
    f"{_PREFIX}EMPLOYEE_ADD_UPDATE": _EMPLOYEE,
    f"{_PREFIX}EMPLOYEE_LEAVE": _EMPLOYEE,
    f"{_PREFIX}ORGANIZATION_ATTACH_EMPLOYEE": _EMPLOYEE | _ORGANIZATION,
    f"{_PREFIX}ORGANIZATION_DETACH_EMPLOYEE": _EMPLOYEE | _ORGANIZATION,
}
