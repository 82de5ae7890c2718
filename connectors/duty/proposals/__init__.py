"""Proposals (提案) on the duty platform: ``contract/proposals.yaml``."""

from connectors.duty.proposals.desk import DutyProposalDesk
from connectors.duty.proposals.sources import DutyProposals

__all__ = ["DutyProposalDesk", "DutyProposals"]
