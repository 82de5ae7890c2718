"""Grids of every county, and their workers: officials of the county, one full-time and one part-time in each grid."""

from collections.abc import Iterator
from itertools import count

from connectors.command.sandbox.scenes import TOWNS, VILLAGES
from connectors.command.sandbox.tables import Kept, Table
from connectors.records.organization import OrganizationLevel
from connectors.sandbox.names import office_phone, person_name
from connectors.sandbox.world import PersonSeed, World, opaque

_WORKERS = 2


class Grids:
    """As many for each county as it has members, halved: so there are more in a larger world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.regions = [c.region_code for c in world.committees if c.level is OrganizationLevel.COUNTY]
        self.each = max(1, len(world.members) // len(world.committees) // 2)
        self.grids = Table.of("GRIDS", self._grids())
        self.workers = Table.of("FULL_TIME_FIRST", self._workers())

    def keys(self, region: str) -> list[str]:
        """The grids of a county."""
        return [f"G{region}{at + 1:04d}" for at in range(self.each)]

    def _grids(self) -> Iterator[Kept]:
        random = self._world.random("grids")
        for region in self.regions:
            for at, key in enumerate(self.keys(region)):
                town, village = TOWNS[at % len(TOWNS)], VILLAGES[at // len(TOWNS) % len(VILLAGES)]
                households = random.randint(180, 420)
                row = {
                    "id": key,
                    "name": f"{town}{village}第{at % 9 + 1}网格",
                    "regionCode": region,
                    "town": town,
                    "village": village,
                    "householdCount": households,
                    "residentCount": households * 2 + random.randint(0, 300),
                    "workerCount": _WORKERS,
                }
                yield Kept(0.0, row)

    def _workers(self) -> Iterator[Kept]:
        random = self._world.random("grid workers")
        officials = self._officials()
        serial = count(1)
        for region in self.regions:
            pool = officials.get(region, [])
            for at, grid in enumerate(self.keys(region)):
                for nth in range(_WORKERS):
                    place = at * _WORKERS + nth
                    work = pool[place].work if place < len(pool) else None
                    name = pool[place].name if work else person_name(random)[0]
                    code = work.employee_code if work else f"GE_{opaque('grid', next(serial), self._world.seed)[:16]}"
                    row = {
                        "id": f"W{grid[1:]}{nth + 1}",
                        "name": name,
                        "gridId": grid,
                        "fullTime": nth == 0,
                        "phone": office_phone(random, "0576"),
                        "employeeCode": code,
                    }
                    yield Kept(float(nth), row)

    def _officials(self) -> dict[str, list[PersonSeed]]:
        """Officials by county, without the committees' staff."""
        regions = {unit.code: unit.region_code for unit in self._world.units}
        found: dict[str, list[PersonSeed]] = {}
        for person in self._world.officials:
            if person.work and "staff" not in person.roles:
                found.setdefault(regions[person.work.unit_code], []).append(person)
        return found
