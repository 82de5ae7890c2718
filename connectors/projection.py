"""Decodes only what will be looked at: the same struct type with fewer fields.

msgspec skips what a type does not name without making anything of it, so a row that carries twice as much as a query
asks for costs half as much to read.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

import msgspec

S = TypeVar("S", bound=msgspec.Struct)

_MARK = "__only_decoded__"
_MOST_SHAPES = 1024
"""Types kept at once: callers choose what they ask for, so that there is no natural end of them."""


@lru_cache(maxsize=_MOST_SHAPES)
def projected(shape: type[S], wanted: frozenset[str] | None, key: str | None = None) -> type[S]:
    """The type ``shape`` with only the attributes ``wanted`` (None: all) and ``key``, which the reader sorts rows by.

    Names on the wire, defaults, constraints and what the class offers besides (properties, methods) stay; the fields
    left out are absent, not empty: looking at one raises ``AttributeError``. Names that ``shape`` does not have belong
    to another record and mean nothing here. The type is no subclass of ``shape``, which would inherit its fields. A
    shape whose rows are arrays has no names to choose by and is given as it is, as is any where all is wanted.
    """
    fields = msgspec.structs.fields(shape)
    kept = [field for field in fields if wanted is None or field.name in wanted or field.name == key]
    config = shape.__struct_config__
    if config.array_like or (wanted is None and len(kept) == len(fields)):
        return shape
    made = msgspec.defstruct(
        shape.__name__,
        [(field.name, field.type, _default_of(field)) for field in kept],
        module=shape.__module__,
        namespace={**_offered_by(shape), _MARK: True},
        rename={field.name: field.encode_name for field in kept},
        tag=config.tag,
        tag_field=config.tag_field,
        frozen=config.frozen,
        eq=config.eq,
        order=config.order,
        kw_only=True,
        omit_defaults=config.omit_defaults,
        gc=False,
    )
    return cast("type[S]", made)


def field_types(kind: type) -> Mapping[str, Any] | None:
    """The types of a projected type's attributes, which its instances are known to have: only decoding makes them.

    None for any other type, whose instances may be made by hand and hold anything.
    """
    if not getattr(kind, _MARK, False):
        return None
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _default_of(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field(default=field.default)


def _offered_by(shape: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Methods, properties and constants of the class and its bases; what Python or msgspec made of it stays behind."""
    own: dict[str, Any] = {}
    for base in reversed(shape.__mro__):
        if issubclass(base, msgspec.Struct) and base is not msgspec.Struct:
            slots = set(base.__struct_fields__)
            own |= {name: told for name, told in vars(base).items() if not name.startswith("__") and name not in slots}
    return MappingProxyType(own)
