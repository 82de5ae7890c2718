from pydantic import SecretStr

from auth.dpop.nonces import Nonces
from auth.vault import Vault

OLDER, NEWER = SecretStr("the-older-secret-0123456789-0123456789"), SecretStr("the-newer-secret-0123456789-0123456789")


def test_a_nonce_is_good_for_its_slice_and_the_next() -> None:
    """It ends by itself: nothing is stored."""
    now = [1_000_000.0]
    nonces = Nonces(Vault(OLDER), 100, lambda: now[0])
    nonce = nonces.present()

    good = []
    for _ in range(3):
        good.append(nonces.is_good(nonce))
        now[0] += 100

    assert good == [True, True, False]
    assert nonces.present() != nonce


def test_every_replica_knows_it_and_nobody_else() -> None:
    """It follows from the secret and the time."""
    one, replica, stranger = (Nonces(Vault(secret), 100, lambda: 50.0) for secret in (OLDER, OLDER, NEWER))

    assert replica.is_good(one.present())
    assert not stranger.is_good(one.present())
    assert not one.is_good("")


def test_a_change_of_the_secret_ends_none_early() -> None:
    """Replicas that have the new secret already take what the others hand out."""
    before, changed = Nonces(Vault(OLDER), 100, lambda: 50.0), Nonces(Vault(NEWER, [OLDER]), 100, lambda: 50.0)

    assert changed.is_good(before.present())
    assert changed.present() != before.present()
