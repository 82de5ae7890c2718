"""Rows of code tables, which differ from committee to committee."""

from schema.fields import described, value


@described(
    zh="代码表中的一行；代码表因委员会而异", en="A row of a code table, which differs from committee to committee."
)
class Code:
    """Read from ``connectors.records.code.Code``."""

    code: str | None = value("code", zh="代码", en="Code in the table.")
    name: str | None = value("name", zh="名称", en="What it is called.")
