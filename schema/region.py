"""Places."""

import strawberry

from connectors.records.region import Region as RegionRecord
from connectors.records.region import RegionLevel
from connectors.refusals import RefusedError
from connectors.regions import REGIONS
from schema.context import Context
from schema.fields import CHINESE, described, value

strawberry.enum(RegionLevel, description="How large a place is.")
setattr(RegionLevel, CHINESE, "行政区划的层级")


@described(zh="行政区划（GB/T 2260）", en="A place: a division of GB/T 2260.")
class Region:
    """Read from ``connectors.records.region.Region``."""

    code: str = value("key", zh="六位区划代码", en="Six-digit code of GB/T 2260.")
    name: str = value("name", zh="名称", en="Its name.")
    level: RegionLevel = value("level", zh="层级", en="How large it is.")
    parent: "Region | None" = value(
        "parent_key", then=lambda key, _: REGIONS.get(key), zh="上级区划", en="The place it lies in."
    )


def region_at(code: str, _: Context) -> RegionRecord | None:
    """The place with that code; None for a code outside Zhejiang's list."""
    return REGIONS.get(code)


def known_region(code: str | None) -> str | None:
    """The code a filter names. Raises ``RefusedError`` (BAD_INPUT) for a code that is no place."""
    if code is not None and code not in REGIONS:
        raise RefusedError("BAD_INPUT", field="regionCode")
    return code
