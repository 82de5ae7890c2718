"""Zhejiang's divisions and how they nest."""

import pytest

from connectors.records.region import RegionLevel
from connectors.regions import PROVINCE, REGIONS, lies_in


def test_every_division_has_its_parent() -> None:
    """Counties lie in their city, cities in the province; each region's key is its own."""
    assert {key: region.key for key, region in REGIONS.items()} == {key: key for key in REGIONS}
    for region in REGIONS.values():
        if region.parent_key is None:
            assert region.key == PROVINCE
            continue
        parent = REGIONS[region.parent_key]
        assert lies_in(region.key, parent.key)
        above = {RegionLevel.COUNTY: RegionLevel.MUNICIPAL, RegionLevel.MUNICIPAL: RegionLevel.PROVINCIAL}
        assert parent.level is above[region.level]


def test_the_province_has_eleven_cities_and_ninety_counties() -> None:
    """As the code list of GB/T 2260 has it since 2021."""
    levels = [region.level for region in REGIONS.values()]

    assert levels.count(RegionLevel.MUNICIPAL) == 11
    assert levels.count(RegionLevel.COUNTY) == 90


@pytest.mark.parametrize(
    ("code", "outer", "inside"),
    [
        ("331002", "331000", True),
        ("331002", "330000", True),
        ("331002", "331002", True),
        ("331000", "331002", False),
        ("331102", "331000", False),
        ("330110", "330100", True),
        ("330110", "330110", True),
        ("330111", "330110", False),
        ("330000", "331000", False),
        ("340000", "330000", False),
    ],
)
def test_codes_nest_by_their_digits(code: str, outer: str, inside: bool) -> None:  # noqa: FBT001 - what is expected
    """A division lies in itself and in what encloses it; 330110 encloses nothing, although it ends in a nought."""
    assert lies_in(code, outer) is inside
