"""The address book's calls (wire-formats A5, F 6): what each part of it answers."""

from connectors.sandbox.app import Operation
from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.directory.accounts import Accounts
from connectors.zhezhengding.sandbox.directory.book import Book
from connectors.zhezhengding.sandbox.directory.counting import Counting
from connectors.zhezhengding.sandbox.directory.employees import Employees
from connectors.zhezhengding.sandbox.directory.scopes import Scopes
from connectors.zhezhengding.sandbox.directory.searching import Searching
from connectors.zhezhengding.sandbox.directory.tables import Tables
from connectors.zhezhengding.sandbox.directory.tree import Tree
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.settings import ZhezhengdingSettings

_PARTS = (Employees, Accounts, Tree, Counting, Searching, Scopes, Tables)


class Directory:
    """Everything that is made of the world at the start; nothing here changes."""

    def __init__(self, settings: ZhezhengdingSettings, world: World) -> None:
        self.book = Book(settings, world)
        self._parts = [part(self.book) for part in _PARTS]

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [operation for part in self._parts for operation in part.operations(gate)]
