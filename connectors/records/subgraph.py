"""What a supergraph is composed of."""

from connectors.records.record import Record


class Subgraph(Record, frozen=True):
    """This graph as one part of a larger one."""

    sdl: str
