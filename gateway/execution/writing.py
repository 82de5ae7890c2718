"""Writes the function of a level: plain Python, list comprehensions over all its objects.

What is written depends on the shape of the level only, never on the text of a query: names of attributes come from the
schema's declarations, response keys stand in data beside the code (a key is a caller's word). Equal texts are compiled
once.
"""

from functools import lru_cache
from types import CodeType
from typing import Any

import msgspec
from msgspec import UNSET

from gateway.execution.leaves import Column
from gateway.execution.level import Branch, Level
from gateway.execution.resolvers import Resolved
from gateway.execution.run import Run
from gateway.execution.together import together
from gateway.execution.trust import Trust
from gateway.execution.walk import nulled


def write(level: Level, *, structs: bool) -> None:
    """Give the level its ``run``. ``structs``: outputs are msgspec structs, ready to encode; else dictionaries."""
    environment: dict[str, Any] = {"together": together, "carried": carried, "nulled": nulled, "level": level}
    cells, lines = _constants(level, environment), []
    trust = Trust(level.plain)
    reading = _plain(level, cells, environment)
    if structs and trust.possible:  # rows that were decoded to these very types are looked at once, not twice
        environment["trusted"] = trust.of
        lines += ["as_they_are = trusted(kind, objects)", "if not as_they_are:", *(f"    {line}" for line in reading)]
    else:
        lines += reading
    lines += _serial(level, cells, environment) if level.serial else _branched(level, cells, environment)
    if structs and trust.possible:
        direct = {**cells, **{key: f"one.{column.attribute}" for key, column in level.plain.items()}}
        lines += ["if as_they_are:", f"    return {_output(level, direct, environment, structs=True)}"]
    lines.append(f"return {_output(level, cells, environment, structs=structs)}")
    head = f"{'async ' if level.waits else ''}def run(run, objects, at, kind=None):"
    cost = [f"run.points += {level.points} * len(objects)"] if level.points else []
    level.source = "\n    ".join([head, *cost, *lines])
    exec(_compiled(level.source, f"<level {level.kind.name}>"), environment)  # noqa: S102 - written here, see above
    level.run = environment["run"]


def carried(objects: Column, name: str) -> Column:
    """The attribute of each object; ``UNSET`` where one does not carry it."""
    return [getattr(one, name, UNSET) for one in objects]


def _constants(level: Level, environment: dict[str, Any]) -> dict[str, str]:
    cells = {}
    for position in level.positions:
        if position.shape is None:
            environment["typename"] = level.kind.name
            cells[position.key] = "typename"
    return cells


def _plain(level: Level, cells: dict[str, str], environment: dict[str, Any]) -> list[str]:
    """Columns that are attributes: all read at once; where one object lacks one, each by itself."""
    plain = list(level.plain.items())
    if not plain:
        return []
    names = {attribute: f"v{at}" for at, attribute in enumerate(dict.fromkeys(one.attribute for _, one in plain))}
    lines = ["try:"]
    lines += [f"    {name} = [one.{attribute} for one in objects]" for attribute, name in names.items()]
    lines.append("except AttributeError:")
    lines += [f"    {name} = carried(objects, {attribute!r})" for attribute, name in names.items()]
    for at, (key, column) in enumerate(plain):
        environment[f"complete_{at}"] = column.shape.complete
        values = names[column.attribute]
        if column.shown is not None:
            environment[f"shown_{at}"] = column.shown
            values = f"shown_{at}(run, {values})"
        lines.append(f"c{at} = complete_{at}(run, {values})")
        cells[key] = f"c{at}"
    return lines


def _branched(level: Level, cells: dict[str, str], environment: dict[str, Any]) -> list[str]:
    """Branches: those that do not wait at once, those that wait together."""
    lines: list[str] = []
    waiting: list[tuple[str, str, Branch]] = []
    for at, branch in enumerate(level.branches):
        environment[f"branch_{at}"] = branch.columns
        names = "".join(f"b{at}_{column}, " for column in range(len(branch.keys)))
        cells |= {key: f"b{at}_{column}" for column, key in enumerate(branch.keys)}
        call = f"branch_{at}(run, objects, at)"
        if branch.waits:
            waiting.append((names, call, branch))
        else:
            lines.append(f"{names}= {call}")
    if len(waiting) == 1:
        [(names, call, _)] = waiting
        lines.append(f"{names}= await {call}")
    elif waiting:
        lines += _at_once(level, waiting, environment)
    return lines


def _at_once(level: Level, waiting: list[tuple[str, str, Branch]], environment: dict[str, Any]) -> list[str]:
    """Branches that wait, together. Where resolvers by hand may take long, nobody waits for what cannot be shown."""
    lines = [*(f"    {call}," for _, call, _ in waiting), ")"]
    by_hand = [isinstance(branch, Resolved) for _, _, branch in waiting]
    if not any(by_hand):
        return [f"{', '.join(f'({names})' for names, _, _ in waiting)} = await together(", *lines]
    places = [[_index(level, key) for key in branch.keys] for _, _, branch in waiting]

    def moot(run: Run, at: int, columns: list[Column]) -> bool:
        return any(nulled(run, level, place, column) for place, column in zip(places[at], columns, strict=True))

    environment["moot"] = moot
    lines[-1] = "    moot=lambda at, columns: moot(run, at, columns),"
    lines.append(")")
    lines.insert(0, "told = await together(")
    for at, (names, _, branch) in enumerate(waiting):
        lines.append(f"{names}= told[{at}] or [[None] * len(objects)] * {len(branch.keys)}")
    return lines


def _serial(level: Level, cells: dict[str, str], environment: dict[str, Any]) -> list[str]:
    """Branches one after the other; once the whole answer is null, the rest is not begun (specification 6.2.2)."""
    lines = ["ended = False"]
    for at, branch in enumerate(level.branches):
        environment[f"branch_{at}"] = branch.columns
        [key] = branch.keys
        cells[key] = f"b{at}"
        go = f"{'await ' if branch.waits else ''}branch_{at}(run, objects, at)"
        lines.append(f"[b{at}] = [[None]] if ended else {go}")
        lines.append(f"ended = ended or nulled(run, level, {_index(level, key)}, b{at})")
    return lines


def _index(level: Level, key: str) -> int:
    return next(at for at, position in enumerate(level.positions) if position.key == key)


def _output(level: Level, cells: dict[str, str], environment: dict[str, Any], *, structs: bool) -> str:
    keys = tuple(position.key for position in level.positions)
    values = [cells[key] for key in keys]
    columns = list(dict.fromkeys(value for value in values if value.isidentifier() and value != "typename"))
    if structs:
        environment["Out"], level.attributes = output_struct(keys)
        if columns and values == columns:
            return f"list(map(Out, {', '.join(columns)}))"
    environment["keys"] = keys
    cell = {column: f"x{at}" for at, column in enumerate(columns)}
    shown = [cell.get(value, value) for value in values]
    one = f"Out({', '.join(shown)})" if structs else f"dict(zip(keys, ({''.join(each + ', ' for each in shown)})))"
    names, sources = [cell[column] for column in columns], list(columns)
    if not columns or any(value.startswith("one.") for value in values):
        names, sources = ["one", *names], ["objects", *sources]
    if len(names) == 1:
        return f"[{one} for {names[0]} in {sources[0]}]"
    return f"[{one} for {', '.join(names)} in zip({', '.join(sources)})]"


@lru_cache(maxsize=2048)
def output_struct(keys: tuple[str, ...]) -> tuple[type[msgspec.Struct], tuple[str, ...]]:
    """A struct that encodes to an object with those keys, and its attributes in their order."""
    attributes = tuple(f"f{at}" for at in range(len(keys)))
    made = msgspec.defstruct(
        "Out", [(name, Any) for name in attributes], rename=dict(zip(attributes, keys, strict=True)), gc=False
    )
    return made, attributes


@lru_cache(maxsize=2048)
def _compiled(source: str, name: str) -> CodeType:
    return compile(source, name, "exec")
