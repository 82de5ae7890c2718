"""What stands for a code in a log is one."""

import pytest

from connectors.upstream_codes import is_code


@pytest.mark.parametrize(
    "code",
    [
        "240111",
        "-1",
        "00",
        "OPF-B001-05-16-0007",
        "MFH-B003-02-16-0037",
        "SignatureDoesNotMatch",
        "TONGXIN-RANGE-TOO-WIDE",
        "FORBIDDEN_TRANSITION",
        "isv.100-1",
        "InvalidTimeStamp.Expired",
    ],
)
def test_codes_go_on(code: str) -> None:
    """Numbers and words, with their parts joined."""
    assert is_code(code)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "陈大友",
        "a b",
        "a\nb",
        "13800000000",
        "tel-13800000000",
        "33010619900101123X",
        "GE_db0fe515aa21f09e",
        "GO_0123",
        "10.1.2.3",
        "gateway.example.cn",
        "0123456789abcdef0123456789abcdef",
        "x" * 65,
    ],
)
def test_names_numbers_hosts_and_tokens_do_not(other: str) -> None:
    """Whoever put them there."""
    assert not is_code(other)
