"""What a debugger or a careless log would print of a call tells nobody's account, number or secret."""

from connectors.duty.proving import DutyCall
from connectors.irs_signing import IrsKeys
from connectors.zheliban.client import IrsCall

PRIVATE = "somebody-0123"


def test_a_call_is_told_by_its_operation_and_path() -> None:
    """Neither query nor body, nor the key it is signed with."""
    calls = (
        DutyCall("members.lookup", "POST", "/members/lookup", (("viewerMemberId", PRIVATE),), PRIVATE.encode()),
        IrsCall("GET", "IC1", "/questions", f"viewerId={PRIVATE}", PRIVATE.encode(), headers={"X": PRIVATE}),
        IrsKeys("AK", PRIVATE),
    )

    assert all(PRIVATE not in repr(call) for call in calls)
    assert "/members/lookup" in repr(calls[0])
