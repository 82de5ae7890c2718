from datetime import timedelta

import pytest
from pydantic import SecretStr

from auth.authorization.parameters import Parameters
from auth.authorization.sealing import Continued, continued_from, sealed_from
from auth.store.moments import now
from auth.vault import Vault

VAULT = Vault(SecretStr("invented-secret-of-the-tests-0123456789"))
PARAMETERS = Parameters({"client_id": "c_1", "state": "hidden-state"}, ("r1",), frozenset({"scope"}))


def test_a_request_comes_back_as_it_was() -> None:
    """With its moment to the microsecond; the text tells nothing of it."""
    began = Continued(PARAMETERS, now(), "digest")

    sealed = sealed_from(began, VAULT)

    assert continued_from(sealed, VAULT) == began
    assert "hidden-state" not in sealed


def test_a_request_ends_after_ten_minutes() -> None:
    """Counted from its beginning, however often it was sealed anew."""
    young = Continued(PARAMETERS, now() - timedelta(seconds=590), None)
    old = Continued(PARAMETERS, now() - timedelta(seconds=601), None)

    assert continued_from(sealed_from(young, VAULT), VAULT) == young
    assert continued_from(sealed_from(old, VAULT), VAULT) is None


@pytest.mark.parametrize(
    "text", ["", ".", "a.b", "é", "\ud800", "x" * 9000, "浙" * 10], ids=lambda text: repr(text[:4])
)
def test_anything_else_is_no_request(text: str) -> None:
    """Whatever stands in the address."""
    assert continued_from(text, VAULT) is None


def test_a_changed_request_is_none() -> None:
    """Whichever character is changed, or where it was sealed for something else or by another secret."""
    sealed = sealed_from(Continued(PARAMETERS, now(), None), VAULT)
    other = Vault(SecretStr("another-secret-of-the-tests-0123456789"))

    for place in range(0, len(sealed) - 2, 5):
        letter = "A" if sealed[place] != "A" else "B"
        assert continued_from(sealed[:place] + letter + sealed[place + 1 :], VAULT) is None
    assert continued_from(VAULT.seal('{"at": 1e12}', "session 1"), VAULT) is None
    assert continued_from(sealed_from(Continued(PARAMETERS, now(), None), other), VAULT) is None
