from collections.abc import Callable

import pytest
from pydantic import SecretStr

from auth.vault import SealBrokenError, Vault

OLD, NEW = SecretStr("the-older-secret-0123456789-0123456789"), SecretStr("the-newer-secret-0123456789-0123456789")


def test_sealed_text_tells_nothing_and_opens_again() -> None:
    """What is sealed is unreadable, different every time, and comes back whole."""
    vault = Vault(OLD)

    sealed = vault.seal("陈大友", "identity a")

    assert "陈大友" not in sealed
    assert sealed != vault.seal("陈大友", "identity a")
    assert vault.unseal(sealed, "identity a") == "陈大友"


def test_sealed_text_opens_only_in_its_place() -> None:
    """A value copied into another row cannot be opened there."""
    vault = Vault(OLD)

    with pytest.raises(SealBrokenError):
        vault.unseal(vault.seal("陈大友", "identity a"), "identity b")


@pytest.mark.parametrize("spoil", [lambda text: text[:-4], lambda text: text[:-1] + "!", lambda text: text[:13]])
def test_a_changed_value_is_told_as_one(spoil: Callable[[str], str]) -> None:
    """Cut, no Base64 any more, or nothing behind the key's name: it is one error."""
    vault = Vault(OLD)

    with pytest.raises(SealBrokenError):
        vault.unseal(spoil(vault.seal("陈大友", "x")), "x")


def test_older_values_stay_readable_after_a_change_of_the_secret() -> None:
    """With the older secret still set, values and digests made with it are good; new ones use the new one."""
    before, after = Vault(OLD), Vault(NEW, [OLD])

    sealed, digest = before.seal("陈大友", "x"), before.digest("a client's secret")

    assert after.unseal(sealed, "x") == "陈大友"
    assert after.matches("a client's secret", digest)
    assert Vault(NEW).unseal(after.seal("陈大友", "x"), "x") == "陈大友"


def test_a_forgotten_secret_opens_nothing() -> None:
    """Without the older secret its values are closed and its digests match nothing."""
    sealed, digest = Vault(OLD).seal("陈大友", "x"), Vault(OLD).digest("a client's secret")

    with pytest.raises(SealBrokenError, match="previous_secrets"):
        Vault(NEW).unseal(sealed, "x")
    assert not Vault(NEW).matches("a client's secret", digest)


def test_digests_need_the_pepper() -> None:
    """Who has the database but not the secret cannot try out guesses."""
    assert Vault(OLD).digest("x").partition(".")[2] != Vault(NEW).digest("x").partition(".")[2]
    assert not Vault(OLD).matches("y", Vault(OLD).digest("x"))


def test_a_short_secret_is_refused() -> None:
    """Nothing is protected by a secret anybody could guess, nor by none."""
    with pytest.raises(ValueError, match="at least 32"):
        Vault(SecretStr(""))


def test_keys_never_show() -> None:
    """A vault's text holds no key."""
    vault = Vault(OLD)

    assert "secret" not in repr(vars(vault)).lower()
