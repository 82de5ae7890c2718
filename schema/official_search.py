"""People of the address book by their names."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import OfficialFinder
from connectors.records.official import OfficialSearch
from connectors.refusals import RefusedError
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Requirement
from schema.fields import argument
from schema.identifiers import parsed_id
from schema.paging import connection

_LONGEST = 50


def _search(_: Any, arguments: Mapping[str, Any]) -> OfficialSearch:
    """Whom to look for, and where. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    text = arguments["name"].strip()
    if not text or len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="name")
    type_name, key = parsed_id(arguments["organizationId"])
    if type_name != "Organization":
        raise RefusedError("BAD_ID")
    return OfficialSearch(text=text, unit_key=key, cascade=arguments["cascade"])


OFFICIALS: Any = connection(
    OfficialFinder.search_officials,
    arguments=(
        argument("name", str, zh="姓名中的文字", en=f"A part of the name, at most {_LONGEST} characters."),
        argument("organizationId", strawberry.ID, zh="在哪个组织中", en="In which organisation."),
        argument("cascade", bool, zh="是否含其下级", en="Whether also in all below it.", default=True),
    ),
    owner=_search,
    requires=Requirement(Scope.DIRECTORY_READ),
    personal=PersonalClass.PUBLIC_OFFICE,
    zh="按姓名查找公职人员",
    en="Officials by their names.",
)
