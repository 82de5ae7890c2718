import pytest

from gateway.execution.operation import Language
from gateway.http.language import language_of


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, Language.EN),
        ("", Language.EN),
        ("zh", Language.ZH),
        ("zh-Hans-CN", Language.ZH),
        ("ZH-cn,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-GB,zh;q=0.5", Language.EN),
        ("fr, zh;q=0.5", Language.ZH),
        ("zh;q=0.5, en;q=0.9", Language.EN),
        ("zh;q=0", Language.EN),
        ("*", Language.EN),
    ],
)
def test_language_follows_the_weights(asked: str | None, language: Language) -> None:
    """Any Chinese before any English is Chinese; all else is English."""
    assert language_of(asked) is language
