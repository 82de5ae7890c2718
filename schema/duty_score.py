"""What a member's duty came to in a year: computed by the duty platform, shown here."""

from collections.abc import Mapping
from typing import Any

from connectors.ports import DutyScoreSource
from connectors.viewer import PersonalClass, Scope
from schema.declarations import People, Requirement, Whose
from schema.fields import argument, described, link, value
from schema.year import known_year


@described(zh="一类履职的得分", en="What one category of duty brought.")
class DutyScoreItem:
    """Read from ``connectors.records.duty_score.DutyScoreItem``."""

    kind: str | None = value(
        "kind", then=lambda kind, _: kind.code, zh="类别代码", en="Code of the category, e.g. `PROPOSAL`."
    )
    kind_name: str | None = value("kind", then=lambda kind, _: kind.name, zh="类别名称", en="What it is called.")
    count: int | None = value("count", zh="次数", en="How many.")
    points: float | None = value("points", zh="得分，缺席可为负", en="Points; below 0 for absences.")


@described(zh="月末累计得分", en="The total at the end of a month.")
class MonthTotal:
    """Read from ``connectors.records.duty_score.MonthTotal``."""

    month: int | None = value("month", zh="月份，1 到 12", en="1 to 12.")
    total: float | None = value("total", zh="累计得分", en="Points so far.")


@described(zh="年度履职得分", en="A member's duty score of one year.")
class DutyScore:
    """Read from ``connectors.records.duty_score.DutyScore``; the member's own and the offices'."""

    total: float | None = value("total", zh="总分", en="Points in all.")
    grade: str | None = value("grade", then=lambda grade, _: grade.code, zh="等次代码", en="Code of the grade.")
    grade_name: str | None = value("grade", then=lambda grade, _: grade.name, zh="等次", en="What it is called.")
    rank: int | None = value(
        "rank", zh="在本届委员中的名次；不公布名次的为空", en="Place in the committee; null where ranks are not told."
    )
    out_of: int | None = value("out_of", zh="参与排名的人数", en="How many are ranked.")
    items: list[DutyScoreItem | None] | None = value("items", zh="各类得分", en="By category.")
    trend: list[MonthTotal | None] | None = value("trend", zh="逐月累计", en="Month by month, those that began.")


YEAR = argument("year", int, zh="年份", en="The year, e.g. 2026.")


def year_of(arguments: Mapping[str, Any]) -> tuple[int]:
    """The year, as sources take it. Raises ``RefusedError`` (BAD_INPUT)."""
    return (known_year(arguments["year"]),)


DUTY_SCORE: Any = link(
    DutyScoreSource.load_duty_scores,
    arguments=(YEAR,),
    taken=year_of,
    requires=Requirement(Scope.DUTY_READ),
    personal=PersonalClass.DUTY,
    whose=Whose(People.MEMBER),
    zh="年度履职得分；只有本人和机关工作人员可见",
    en="The duty score of a year; for the member and committee staff only.",
)
