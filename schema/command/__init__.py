"""What a district's command centre brings to the graph: grids, alerts, unified work orders, village forms, persons.

All of it is null with an error where no command centre is connected.
"""

from schema.command.roots import NODES, CommandRoots
from schema.command.ways import RegionWays, WorkOrderWays
from schema.command.words import WORDS
from schema.region import Region
from schema.work_order import WorkOrder

ROOTS = CommandRoots
WAYS = {Region: RegionWays, WorkOrder: WorkOrderWays}
__all__ = ["NODES", "ROOTS", "WAYS", "WORDS"]
