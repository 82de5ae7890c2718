"""Personal data as the citizen app shows it to others (wire-formats B9)."""

_ID_LENGTH = 18
_MOBILE_LENGTH = 11


def masked_name(name: str) -> str:
    """Hide the first character: ``陈大友`` is shown as ``*大友``."""
    return "*" + name[1:] if name else ""


def masked_mobile(mobile: str) -> str:
    """Keep the first three and last four digits: ``137****0000``; anything else is hidden whole."""
    if len(mobile) != _MOBILE_LENGTH:
        return "*" * len(mobile)
    return f"{mobile[:3]}****{mobile[-4:]}"


def masked_id_number(number: str) -> str:
    """The strong rule: the first and the last character of a citizen number stay."""
    if len(number) != _ID_LENGTH:
        return "*" * len(number)
    return f"{number[0]}{'*' * 16}{number[-1]}"
