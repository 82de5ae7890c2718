"""The organisations of the address book as wire rows, made once from the world and kept encoded (A5)."""

from collections import defaultdict

import msgspec

from connectors.sandbox.world import UnitSeed, World

_TYPE_NAMES = {"GOV_UNIT": "单位", "GOV_INTERNAL_INSTITUTION": "内设机构", "GOV_HOLLOW_NODE": "虚节点"}


class Organizations:
    """Every unit: ``listed`` as the list call sends it, ``single`` with all fields, ``below`` its children's codes."""

    def __init__(self, world: World) -> None:
        self.below: dict[str, list[str]] = defaultdict(list)
        self.listed: dict[str, msgspec.Raw] = {}
        self.single: dict[str, msgspec.Raw] = {}
        names = {unit.code: unit.name for unit in world.units}
        for unit in world.units:
            if unit.parent_code is not None:
                self.below[unit.parent_code].append(unit.code)
        for at, unit in enumerate(world.units):
            few = _few(unit)
            more = {
                "displayOrder": at * 10,
                "parentName": names.get(unit.parent_code or "", ""),
                "typeName": _TYPE_NAMES[unit.type_code],
                "leaf": unit.code not in self.below,
                "gmtCreate": "2021-03-18 09:00:00",
                "otherName": "",
                "businessStripCodes": "100|101",
                "unifiedSocialCreditCode": "",
                "institutionCode": "",
                "institutionLevelCode": "",
                "postalCode": "",
                "address": "",
                "contactNumber": "",
                "remarks": "",
            }
            self.listed[unit.code] = msgspec.Raw(msgspec.json.encode(few))
            self.single[unit.code] = msgspec.Raw(msgspec.json.encode(few | more))


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
