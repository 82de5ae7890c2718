"""How a subject's source reads from the duty platform: as from any with a contract of ours."""

from connectors.contracted.reads import ContractReads
from connectors.duty.client import DutyClient
from connectors.reading import Reader


class DutyReads(ContractReads):
    """One connection's; who reads may write by its ``client`` too."""

    def __init__(self, client: DutyClient, reader: Reader, batch: int) -> None:
        super().__init__(client, reader, batch)
        self.client = client
