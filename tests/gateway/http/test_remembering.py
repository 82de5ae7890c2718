"""Readings of header texts, remembered."""

from gateway.http.remembering import remembered


def test_a_text_is_read_once_unless_it_is_long() -> None:
    """Long ones, which could fill the memory, are read each time."""
    read: list[str | None] = []

    @remembered
    def length(text: str | None) -> int:
        read.append(text)
        return len(text or "")

    results = [length(text) for text in ("a", "a", None, None, "b" * 600, "b" * 600)]

    assert results == [1, 1, 0, 0, 600, 600]
    assert read == ["a", None, "b" * 600, "b" * 600]
