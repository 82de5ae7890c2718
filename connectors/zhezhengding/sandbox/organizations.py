"""The organisations of the address book as wire rows, made once from the world and kept encoded (A5)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from connectors.sandbox.world import UnitSeed, World

_TYPE_NAMES = {"GOV_UNIT": "单位", "GOV_INTERNAL_INSTITUTION": "内设机构", "GOV_HOLLOW_NODE": "虚节点"}


class Organizations:
    """Every unit: ``listed`` as the list call sends it, ``single`` with all fields, ``below`` its children's codes."""

    def __init__(self, world: World) -> None:
        self.units = {unit.code: unit for unit in world.units}
        self.roots = [unit.code for unit in world.units if unit.parent_code is None]
        self.below: dict[str, list[str]] = defaultdict(list)
        self.listed: dict[str, msgspec.Raw] = {}
        self.single: dict[str, msgspec.Raw] = {}
        for unit in world.units:
            if unit.parent_code is not None:
                self.below[unit.parent_code].append(unit.code)
        for at, unit in enumerate(world.units):
            few = _few(unit)
            self.listed[unit.code] = msgspec.Raw(msgspec.json.encode(few))
            self.single[unit.code] = msgspec.Raw(msgspec.json.encode(few | self._more(unit, at)))

    def chain(self, code: str) -> list[str]:
        """The organisation and all it lies in, the root last."""
        found = []
        at: str | None = code
        while at is not None and at in self.units:
            found.append(at)
            at = self.units[at].parent_code
        return found

    def with_below(self, code: str) -> Iterator[str]:
        """The organisation and all that lies below it."""
        waiting = [code]
        while waiting:
            at = waiting.pop()
            yield at
            waiting += reversed(self.below.get(at, ()))

    def _more(self, unit: UnitSeed, at: int) -> dict[str, Any]:
        parent = self.units.get(unit.parent_code or "")
        return {
            "displayOrder": at * 10,
            "parentName": parent.name if parent else "",
            "typeName": _TYPE_NAMES[unit.type_code],
            "leaf": unit.code not in self.below,
            "gmtCreate": "2021-03-18 09:00:00",
            "otherName": "",
            "businessStripCodes": "100|101",
            "responsibleEmployeeCodes": "",
            "unifiedSocialCreditCode": "",
            "institutionCode": "",
            "institutionLevelCode": "",
            "postalCode": "",
            "address": "",
            "contactNumber": "",
            "remarks": "",
        }


def _few(unit: UnitSeed) -> dict[str, str]:
    row = {
        "organizationCode": unit.code,
        "organizationName": unit.name,
        "typeCode": unit.type_code,
        "status": "A",
        "shortName": unit.short_name,
        "divisionCode": unit.region_code,
    }
    return row | ({"parentCode": unit.parent_code} if unit.parent_code else {})
