"""Platforms' own codes, which stand in logs: whatever else a platform puts in their place does not."""

import re

_FORM = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NO_CODE = re.compile(
    r"[0-9]{10,}"  # a mobile number, an ID number, an account
    r"|^G[EO]_"  # a person or a unit of the work app
    r"|[0-9]+(?:\.[0-9]+){3}|^(?:[a-z0-9-]+\.)+[a-z]{2,}$"  # an address, a host; codes have capitals
    r"|(?=[A-Za-z]*[0-9])[A-Za-z0-9]{24,}"  # a token
)


def is_code(text: str) -> bool:
    """Whether it is built like a code and not like a number, a name or a secret of somebody's."""
    return _FORM.fullmatch(text) is not None and _NO_CODE.search(text) is None
