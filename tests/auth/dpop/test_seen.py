from auth.dpop.seen import Seen


def test_a_proof_comes_once() -> None:
    """By key and id: another key may use the same id."""
    seen = Seen(60)

    assert seen.first("key", "id")
    assert not seen.first("key", "id")
    assert seen.first("other", "id")
    assert seen.first("key", "\x00\ud800")


def test_it_is_remembered_for_the_whole_window() -> None:
    """However the generations turn, and no longer than twice that."""
    now = [0.0]
    seen = Seen(60, clock=lambda: now[0])
    now[0] = 59
    seen.first("key", "id")

    again = []
    for now[0] in (60, 100, 119):
        again.append(seen.first("key", "id"))
    now[0] = 240

    assert again == [False, False, False]
    assert seen.first("key", "id")


def test_memory_is_bounded() -> None:
    """However many proofs come, two generations are kept at most: the newest are among them."""
    seen = Seen(60, limit=100)
    for number in range(1000):
        assert seen.first("key", str(number))

    assert not any(seen.first("key", str(number)) for number in range(950, 1000))
    assert seen.first("key", "0")
