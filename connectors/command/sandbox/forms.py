"""Village forms, filled from the offices' data but for what only the village can say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from connectors.command.sandbox.grids import Grids
from connectors.command.sandbox.scenes import FORMS, LINES
from connectors.command.sandbox.tables import Kept, Table
from connectors.records.village_form import VillageFormStatus
from connectors.sandbox.world import World

_STATUSES = tuple(VillageFormStatus)


class Forms:
    """One form a grid; which one goes round."""

    def __init__(self, world: World, grids: Grids) -> None:
        self._world = world
        self._grids = grids
        self._updated = [(world.today - timedelta(days=at + 1)).isoformat() for at in range(len(LINES))]
        self.forms = Table.of("LATEST_DUE", self._forms())

    def _forms(self) -> Iterator[Kept]:
        names = {unit.code: unit.name for unit in self._world.units}
        for serial, (key, grid) in enumerate(self._grids.grids.by_key.items()):
            due = (self._world.today + timedelta(days=serial % 20 - 5)).date()
            status = _STATUSES[serial % len(_STATUSES)]
            lines = [self._line(grid, at, status) for at in range(len(LINES))]
            unit = f"GO_bu{grid['regionCode']}{serial % 8:02d}"
            row = {
                "id": f"VF{key[1:]}",
                "title": FORMS[serial % len(FORMS)],
                "period": f"{due:%Y-%m}",
                "status": status.value,
                "regionCode": grid["regionCode"],
                "gridId": key,
                "village": grid["village"],
                "organizationCode": unit,
                "organizationName": names[unit],
                "dueOn": due.isoformat(),
                "filledShare": sum(line["origin"] is not None for line in lines) / len(lines),
                "fields": lines,
            }
            yield Kept(-float(due.toordinal()), row)

    def _line(self, grid: dict[str, Any], at: int, status: VillageFormStatus) -> dict[str, Any]:
        """From data where some office has it; by hand the rest, which is empty until it was confirmed."""
        name, origin = LINES[at]
        by_hand = None if status is VillageFormStatus.PREFILLED else "无"
        return {
            "name": name,
            "value": by_hand if origin is None else str(grid["residentCount"] // (at + 1)),
            "origin": origin,
            "updatedAt": None if origin is None else self._updated[at],
        }
