"""What a district's command centre brings to the graph: grids, alerts, unified work orders, village forms, persons.

All of it is null with an error where no command centre is connected.
"""

from schema.command.roots import NODES, CommandRoots
from schema.command.words import WORDS

ROOTS = CommandRoots
__all__ = ["NODES", "ROOTS", "WORDS"]
