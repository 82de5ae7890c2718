"""Personal data of others: shown masked, or shown whole and remembered, so that it can be audited.

Decided once for all objects of a level; both engines ask here. What masks by itself (``PublicPerson``) and what is the
asker's own by its nature has nothing to be decided and does not come here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from connectors.masking import masked_landline, masked_mobile, masked_name
from connectors.viewer import PersonalClass, Viewer
from schema.context import Context
from schema.declarations import Declaration, People, Whose
from schema.permission import refusal_of

_MOBILE_LENGTH = 11


def masked_phone(phone: str) -> str:
    """A mobile or a landline, each by its rule."""
    return masked_mobile(phone) if len(phone) == _MOBILE_LENGTH and phone.startswith("1") else masked_landline(phone)


_MASKS: Mapping[PersonalClass, Callable[[str], str]] = {
    PersonalClass.NAME: masked_name,
    PersonalClass.PHONE: masked_phone,
}


class Personal:
    """One field that holds others' personal data; lives as long as a plan, or the schema.

    Attributes:
        field: its coordinate, ``Official.phone``.
        kind: which kind of data.
        whose: whose they are.
    """

    def __init__(self, field: str, declaration: Declaration, whose: Whose) -> None:
        self.field = field
        self.kind = declaration.personal
        self.whose = whose
        self._whole = declaration.whole
        self._mask = _MASKS.get(self.kind)

    def shown(self, context: Context, objects: list[Any], values: list[Any]) -> list[Any]:
        """Give the values as the asker may see them. Nulls and errors are left alone."""
        if self._whole is None or refusal_of(self._whole, context.viewer) is None:
            context.disclosed.append((self, objects, values))
            return values
        own, key = own_key(self.whose.people, context.viewer), self.whose.key
        return [
            value if own is not None and getattr(one, key, None) == own else self._masked(value)
            for one, value in zip(objects, values, strict=True)
        ]

    def _masked(self, value: Any) -> Any:
        if self._mask is None or not isinstance(value, str):
            return value if isinstance(value, Exception) else None
        return self._mask(value)


Disclosed = list[tuple[Personal, list[Any], list[Any]]]
"""What one operation showed whole: the field, the objects of a level, what was shown of each."""


def personal_of(field: str, declaration: Declaration) -> Personal | None:
    """What is to be decided about a field; None where nothing is."""
    return None if declaration.whose is None else Personal(field, declaration, declaration.whose)


def own_key(people: People, viewer: Viewer) -> str | None:
    """The key by which the asker is one of these people, if they are."""
    match people:
        case People.MEMBER:
            return viewer.member_key
        case People.EMPLOYEE:
            return viewer.employee_code
        case People.RESIDENT:
            return None  # of nobody's token is known which ID number they have


def others_in(
    disclosed: Disclosed, viewer: Viewer, errors: tuple[type, ...]
) -> Iterator[tuple[Personal, str | None, set[str]]]:
    """Whose data somebody else was shown whole, for each field and stated purpose.

    ``errors`` may stand in the place of a value.
    """
    for personal, objects, values in disclosed:
        whose = personal.whose
        own = own_key(whose.people, viewer)
        shown = [
            one
            for one, value in zip(objects, values, strict=True)
            if value is not None and not isinstance(value, errors)
        ]
        for purpose, some in _by_purpose(shown, whose.purpose):
            keys = {getattr(one, whose.key, None) for one in some}
            others = {key for key in keys if isinstance(key, str)} - {own}
            if others:
                yield personal, purpose, others


def _by_purpose(shown: list[Any], name: str | None) -> Iterable[tuple[str | None, list[Any]]]:
    if name is None:
        return [(None, shown)]
    found: dict[str | None, list[Any]] = {}
    for one in shown:
        found.setdefault(getattr(one, name), []).append(one)
    return found.items()
