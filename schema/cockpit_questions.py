"""Questions in numbers, for the cockpit."""

from datetime import date as day

from schema.category import StudioCategory
from schema.declarations import ListSize
from schema.fields import described, value

MOST_DAYS = 366
_CATEGORIES = ListSize(len(StudioCategory))


@described(zh="一个领域的提问数", en="Questions of one category.")
class CategoryQuestions:
    """Read from ``connectors.records.question_statistics.CategoryQuestions``."""

    category: StudioCategory | None = value("category", zh="领域", en="What they are about.")
    asked: int | None = value("asked", zh="提问数", en="How many were asked.")
    answered: int | None = value("answered", zh="其中已答复的", en="How many of these are answered by now.")


@described(zh="一天的提问数", en="Questions of one day.")
class DailyQuestions:
    """Read from ``connectors.records.question_statistics.DailyQuestions``."""

    date: day | None = value("date", zh="日期", en="The day.")
    asked: int | None = value("asked", zh="当天的提问数", en="How many were asked on it.")
    answered: int | None = value("answered", zh="其中已答复的", en="How many of these are answered by now.")


@described(zh="时段内的提问", en="The questions asked in a period, and what became of them by now.")
class QuestionNumbers:
    """Read from ``connectors.records.question_statistics.RegionQuestions``."""

    asked: int | None = value("asked", zh="提问数", en="How many were asked.")
    answered: int | None = value("answered", zh="其中已答复的", en="How many of these are answered by now.")
    median_reply_minutes: int | None = value(
        "median_reply_minutes",
        zh="首次答复用时的中位数（分钟）；没有答复为空",
        en="Median minutes from question to first reply; null without any.",
    )
    satisfaction: float | None = value(
        "satisfaction",
        zh="满意率，0 到 1：评 4、5 分的占比；没有评价为空",
        en="Share rated 4 or 5, 0 to 1; null unrated.",
    )
    by_category: list[CategoryQuestions | None] | None = value(
        "by_category", size=_CATEGORIES, zh="按领域，没有的不列", en="By category; one without any is left out."
    )
    daily: list[DailyQuestions | None] | None = value(
        "daily", size=ListSize(MOST_DAYS), zh="按日，时段内每天一条", en="By day: a row for each of the period."
    )


@described(zh="时段内受理的工单", en="The work orders accepted in a period, and what became of them by now.")
class WorkOrderNumbers:
    """Read from ``connectors.records.work_order.RegionWorkOrders``."""

    accepted: int | None = value("accepted", zh="受理数", en="How many were accepted.")
    closed: int | None = value("closed", zh="其中已办结的", en="How many of these are closed by now.")
    overdue: int | None = value("overdue", zh="其中逾期的", en="How many of these were not done when due.")
    satisfaction: float | None = value(
        "satisfaction",
        zh="回访满意率，0 到 1；没有回访为空",
        en="Share of content follow-ups, 0 to 1; null without any.",
    )
