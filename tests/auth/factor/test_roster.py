"""What operators see of second factors."""

from tests.auth.factor.conftest import Bench


async def test_who_is_invited_and_who_has_one(bench: Bench) -> None:
    """By platform and account: since when, how many recovery codes, locked until when, invited until when."""
    session = await bench.sign_in()
    await bench.enrol(session)
    invitation = await bench.second.roster.invite("zhezhengding", "GE_later")
    for _ in range(5):
        await bench.factors.prove(session, "000000")

    later, zhou = await bench.second.roster.list()

    assert (later.account, later.held, later.invited_until) == ("GE_later", None, invitation.expires_at)
    assert (zhou.account, zhou.invited_until) == ("GE_zhou", None)
    assert zhou.held is not None
    assert zhou.held.codes_left == 10
    assert zhou.locked_until is not None
    assert invitation.code not in repr(invitation)
