"""What a committee scores its members' duty by in a year."""

from typing import Any

from connectors.ports import DutyScoreSource
from connectors.viewer import Scope
from schema.declarations import ListSize, Requirement
from schema.duty_score import YEAR, year_of
from schema.fields import described, link, value

_MOST_RULES = 40


@described(zh="一类履职的计分规则", en="What one thing of a category of duty brings.")
class ScoringRule:
    """Read from ``connectors.records.duty_score.ScoringRule``."""

    kind: str | None = value(
        "kind", then=lambda kind, _: kind.code, zh="类别代码", en="Code of the category, e.g. `PROPOSAL`."
    )
    kind_name: str | None = value("kind", then=lambda kind, _: kind.name, zh="类别名称", en="What it is called.")
    points: float | None = value("points", zh="每次得分，缺席可为负", en="Points for one; below 0 for absences.")
    most: float | None = value("most", zh="全年上限；不设上限为空", en="The most of a year; null without a limit.")


@described(zh="等次的标准", en="The total from which a grade holds at the end of a year.")
class GradeRule:
    """Read from ``connectors.records.duty_score.GradeRule``."""

    grade: str | None = value("grade", then=lambda grade, _: grade.code, zh="等次代码", en="Code of the grade.")
    grade_name: str | None = value("grade", then=lambda grade, _: grade.name, zh="等次", en="What it is called.")
    least: float | None = value("least", zh="年末最低总分", en="The least total at the end of the year.")


@described(zh="履职计分办法", en="What a committee scores by in a year.")
class ScoringScheme:
    """Read from ``connectors.records.duty_score.ScoringScheme``."""

    term: int | None = value("term", zh="届次", en="Number of the committee's term.")
    rules: list[ScoringRule | None] | None = value(
        "rules", size=ListSize(_MOST_RULES), zh="各类履职的计分规则", en="By category of duty."
    )
    grades: list[GradeRule | None] | None = value("grades", zh="等次，高的在前", en="The grades, best first.")
    shows_rank: bool | None = value("shows_rank", zh="是否公布名次", en="Whether members are told their rank.")
    shows_leaderboard: bool | None = value(
        "shows_leaderboard", zh="是否向本组织委员公布积分榜", en="Whether its members see the leaderboard."
    )


OF_COMMITTEE: Any = link(
    DutyScoreSource.load_scoring_schemes,
    arguments=(YEAR,),
    taken=year_of,
    requires=Requirement(Scope.DUTY_READ),
    zh="履职计分办法；普通单位为空",
    en="What it scores by in a year; null for a plain unit.",
)
