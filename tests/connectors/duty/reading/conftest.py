"""What these tests may ask for besides the duty platform's."""

from tests.connectors.duty.forum_stack import (
    as_citizen,
    as_member,
    as_staff,
    connected_forum,
    contract,
    forum,
    forum_over,
    raw,
)

__all__ = ["as_citizen", "as_member", "as_staff", "connected_forum", "contract", "forum", "forum_over", "raw"]
