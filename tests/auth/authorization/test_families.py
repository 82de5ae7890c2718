import pytest
from pydantic import SecretStr

from auth.authorization.families import Family, presented_from
from auth.vault import Vault

SECRET = SecretStr("invented-secret-of-the-tests-0123456789")
VAULT = Vault(SECRET)
GRANT = "g_" + "0" * 32
MAC = "a" * 43


def test_a_stored_family_makes_the_same_tokens() -> None:
    """Each number has one token, in every process that opens the key; no two are alike."""
    family, sealed = Family.new(GRANT, VAULT)
    again = Family.stored(GRANT, sealed, Vault(SECRET))

    tokens = [family.token(number) for number in range(1, 50)]

    assert tokens == [again.token(number) for number in range(1, 50)]
    assert len(set(tokens)) == len(tokens)
    for token in tokens:
        presented = presented_from(token)
        assert presented is not None
        assert again.made(presented)


def test_a_token_proves_grant_and_number() -> None:
    """A proof of another number, another grant or another family is none."""
    family, _ = Family.new(GRANT, VAULT)
    other_grant, _ = Family.new("g_" + "1" * 32, VAULT)
    same_grant, _ = Family.new(GRANT, VAULT)
    presented = presented_from(family.token(1))
    assert presented is not None

    assert not family.made(presented._replace(number=2))
    assert not other_grant.made(presented)
    assert not same_grant.made(presented)


def test_a_family_keeps_the_hash_it_began_with() -> None:
    """Tokens given out before the algorithms were changed by the settings stay good."""
    national = Vault(SECRET, (), "national")
    family, sealed = Family.new(GRANT, VAULT)
    later, sealed_later = Family.new(GRANT, national)

    assert Family.stored(GRANT, sealed, national).token(3) == family.token(3)
    assert Family.stored(GRANT, sealed_later, VAULT).token(3) == later.token(3)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", f"{GRANT}.1.", f"{GRANT}.0.{MAC}", f"{GRANT}.-1.{MAC}", f"{GRANT}.1.{MAC}a"),
        *(f"{GRANT}.1234567890.{MAC}", f"{GRANT}.١.{MAC}", f"{GRANT}.1.{MAC}\n", f"g_1.1.{MAC}"),
    ],
)
def test_what_has_not_the_form_is_no_token(text: str) -> None:
    """Read strictly, so that a token has one spelling."""
    assert presented_from(text) is None
