"""What these tests may ask for besides the duty platform's."""

from tests.connectors.duty.matters_stack import (
    afresh,
    call,
    connected_matters,
    contract,
    matters,
    matters_over,
    platform,
)

__all__ = ["afresh", "call", "connected_matters", "contract", "matters", "matters_over", "platform"]
