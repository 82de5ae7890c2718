"""Places an input names: a division by its code, an exact place by its degrees."""

import strawberry

from connectors.records.work_order import Location
from connectors.regions import REGIONS
from schema.acts import Given, InputError
from schema.fields import CHINESE, needed
from schema.mutations.texts import text

ADDRESS = 200
_NORTH, _EAST = 90.0, 180.0


@strawberry.input(description="An exact place.")
class LocationInput:
    """See ``connectors.records.work_order.Location``."""

    latitude: float = needed("纬度（WGS 84）", "Degrees north, WGS 84.")
    longitude: float = needed("经度（WGS 84）", "Degrees east, WGS 84.")
    address: str = needed("地址，至多 200 字", "In words, at most 200 characters.")


setattr(LocationInput, CHINESE, "准确位置")


def place_in(given: Given, field: str) -> str:
    """The code of a place there is. Raises ``InputError`` (UNKNOWN_PLACE)."""
    code: str = given[field]
    if code not in REGIONS:
        raise InputError("UNKNOWN_PLACE", field)
    return code


def spot_in(given: Given, field: str) -> Location | None:
    """The exact place, where one is named. Raises ``InputError`` (BAD_LOCATION, TEXT_MISSING, TEXT_TOO_LONG)."""
    told = given.get(field)
    if told is None:
        return None
    if not (abs(told["latitude"]) <= _NORTH and abs(told["longitude"]) <= _EAST):
        raise InputError("BAD_LOCATION", field)
    return Location(
        latitude=told["latitude"],
        longitude=told["longitude"],
        address=text(told["address"], f"{field}.address", ADDRESS),
    )
