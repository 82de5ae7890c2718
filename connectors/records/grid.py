"""Grids (网格), the smallest units of local governance, and who works in them."""

from connectors.records.record import Record


class Grid(Record, frozen=True):
    """A grid; ``town`` and ``village`` name the street or town, and the village or community, that it lies in."""

    key: str
    name: str
    region_key: str
    town: str
    village: str
    household_count: int
    resident_count: int
    worker_count: int


class GridQuery(Record, frozen=True):
    """Which grids; None: any. A region includes what lies in it."""

    region_key: str | None = None
    text: str | None = None


class GridWorker(Record, frozen=True):
    """Who works in a grid; ``phone`` is the number of their work device, ``employee_code`` their account on 浙政钉."""

    key: str
    name: str
    grid_key: str
    full_time: bool
    phone: str
    employee_code: str
