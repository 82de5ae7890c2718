"""What pages of the address book read: the tree, how many there are, who works where."""

from connectors.sandbox.world import World
from tests.conformance.samples.asking import Keys, More, a_page, employees, nothing_more


def nodes(_: World) -> list[str]:
    """Organisations with others below them and with people."""
    return ["GO_rg331000", "GO_zx331002", "GO_dir331000"]


def offices(_: World) -> list[str]:
    """Organisations people are listed in."""
    return ["GO_dir331000", "GO_zx331002bg"]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_account_ids": (employees, nothing_more),
    "load_unit_counts": (nodes, nothing_more),
    "load_unit_paths": (nodes, nothing_more),
}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_child_units": (nodes, nothing_more),
    "list_unit_officials": (offices, a_page),
}
