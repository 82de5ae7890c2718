"""Subjects that a further platform brings: each folder below ``schema/`` may be one, and is taken in unasked.

Its package has what it needs of these: ``ROOTS``, a type whose fields stand behind the query's own; ``NODES``, its
types with a global id; ``WAYS``, by a type of another subject, a type whose fields stand behind that one's own;
``WORDS``, what each value of its enums means in Chinese and in English.
"""

import importlib
import pkgutil
from typing import Any

from graphql import GraphQLSchema
from strawberry.tools import create_type

import schema
from schema.declarations import Found
from schema.fields import CHINESE

_SUBJECTS = [
    importlib.import_module(module.name)
    for module in pkgutil.iter_modules(schema.__path__, f"{schema.__name__}.")
    if module.ispkg
]
FURTHER_NODES: dict[str, Found] = {
    name: found for subject in _SUBJECTS for name, found in getattr(subject, "NODES", {}).items()
}
_VALUES: dict[str, dict[str, tuple[str, str]]] = {
    name: words for subject in _SUBJECTS for name, words in getattr(subject, "WORDS", {}).items()
}


def _lead_there() -> None:
    """Put each subject's ways behind the fields of the types they lead from; done once, before a schema is built."""
    for subject in _SUBJECTS:
        for kind, ways in getattr(subject, "WAYS", {}).items():
            kind.__strawberry_definition__.fields.extend(ways.__strawberry_definition__.fields)


_lead_there()


def attach_value_words(schema: GraphQLSchema) -> None:
    """Describe the values of enums in English, and keep the Chinese beside it."""
    for kind, words in _VALUES.items():
        choices = schema.type_map[kind].values  # type: ignore[attr-defined]  # an enum has them
        for name, (chinese, english) in words.items():
            choices[name].description = english
            choices[name].extensions[CHINESE] = chinese


def with_further_roots(query: Any) -> Any:
    """The query type with the root fields of every such subject behind its own."""
    kinds = [query, *(subject.ROOTS for subject in _SUBJECTS if hasattr(subject, "ROOTS"))]
    fields = [field for kind in kinds for field in kind.__strawberry_definition__.fields]
    made = create_type(query.__name__, fields, description=query.__strawberry_definition__.description)
    setattr(made, CHINESE, getattr(query, CHINESE))
    return made
