"""What takes a second factor."""

import time

import pytest

from auth.factor.policy import fresh, has_factor, lacks_factor, needs_factor
from auth.proof import Proof
from auth.settings import FactorSettings
from connectors.viewer import Scope

SETTINGS = FactorSettings()


def proof(*methods: str, age: float = 0) -> Proof:
    """A proof of that age, in seconds."""
    return Proof(at=int(time.time() - age), level=1, methods=methods)


@pytest.mark.parametrize("scope", list(Scope))
def test_only_operators_scopes_take_it(scope: Scope) -> None:
    """Whoever asks for another scope is not stopped."""
    assert needs_factor({scope, Scope.OPENID}) is (scope is Scope.OPS_READ)


def test_a_scope_that_takes_it_is_lacking_until_it_is_proved() -> None:
    """By any sign-in without it, and by none at all."""
    asked = frozenset({Scope.OPENID, Scope.OPS_READ})

    assert lacks_factor(asked, None)
    assert lacks_factor(asked, proof("zhezhengding-app"))
    assert not lacks_factor(asked, proof("zhezhengding-app", "otp", "mfa"))
    assert not lacks_factor({Scope.OPENID}, None)
    assert not has_factor(None)


@pytest.mark.parametrize(("age", "lately"), [(0, True), (890, True), (910, False)])
def test_an_admin_act_wants_it_lately(age: int, lately: bool) -> None:  # noqa: FBT001 - a case of the table
    """Fifteen minutes, unless set otherwise."""
    assert fresh(proof("zhezhengding-app", "otp", "mfa", age=age), SETTINGS) is lately


def test_a_sign_in_without_it_is_never_fresh() -> None:
    """However lately it was."""
    assert not fresh(proof("zhezhengding-app"), SETTINGS)
