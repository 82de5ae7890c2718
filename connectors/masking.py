"""Personal data as the citizen app shows it to others (wire-formats B9).

What has not the length or the form of its kind is hidden whole: a rule that keeps the ends of a short text would show
all of it.
"""

import re

_ID_LENGTH = 18
_MOBILE_LENGTH = 11
_CARD = re.compile(r"[0-9]{12,19}")
_LANDLINE = re.compile(r"(?P<area>010|02[0-9]|0[3-9][0-9]{2})?[- ]?(?P<number>[0-9]{7,8})")
_EMAIL_KEPT = 3
_UNSEEN = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")  # blanks, marks without width


def masked_name(name: str) -> str:
    """Hide the first character, the surname: ``陈大友`` is shown as ``*大友``.

    What cannot be seen before it is not taken for it: the whole name would be shown.
    """
    return "*" + _UNSEEN.sub("", name)[1:] if name else ""


def masked_id_number(number: str) -> str:
    """The strong rule, where nobody needs to check it: the first and the last character of a citizen number stay."""
    if len(number) != _ID_LENGTH:
        return "*" * len(number)
    return f"{number[0]}{'*' * 16}{number[-1]}"


def masked_id_number_to_check(number: str) -> str:
    """The normal rule, where its holder must check it: the 1st, the 5th to 12th and the last character stay."""
    if len(number) != _ID_LENGTH:
        return "*" * len(number)
    return f"{number[0]}***{number[4:12]}*****{number[-1]}"


def masked_mobile(mobile: str) -> str:
    """Keep the first three and last four digits: ``137****0000``; anything else is hidden whole."""
    if len(mobile) != _MOBILE_LENGTH:
        return "*" * len(mobile)
    return f"{mobile[:3]}****{mobile[-4:]}"


def masked_landline(phone: str) -> str:
    """Keep the area code and the last four digits: ``0571-87050000`` is shown as ``0571****0000``."""
    found = _LANDLINE.fullmatch(phone)
    return f"{found['area'] or ''}****{phone[-4:]}" if found else "*" * len(phone)


def masked_email(address: str) -> str:
    """Keep three characters before the ``@`` and all behind: ``con***@example.cn``; a shorter name loses its last."""
    name, at, host = address.rpartition("@")
    if not (name and at and host):
        return "*" * len(address)
    return f"{name[: min(_EMAIL_KEPT, len(name) - 1)]}***@{host}"


def masked_bank_card(number: str) -> str:
    """Keep the first six and last four digits, with a star for each between."""
    if not _CARD.fullmatch(number):
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def masked_document(number: str) -> str:
    """Keep the first and the last third of any other document's number, counted down."""
    kept = len(number) // 3
    return f"{number[:kept]}{'*' * (len(number) - 2 * kept)}{number[len(number) - kept :]}"
