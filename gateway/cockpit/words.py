"""Keywords of a text: the one place that knows the segmentation library.

Only common nouns are taken, and never names: what people are asked about may name somebody, and a place or an office is
no topic.
"""

EDITION = 2
"""Raised when other words are told of the same text: what was counted is then counted anew."""

_NOUNS = frozenset({"n", "nz", "vn", "ng", "l", "j", "an"})
"""Parts of speech (ICTCLAS) that can be topics; ``nr``, ``ns`` and ``nt`` are persons', places' and bodies' names."""
_TOO_GENERAL = (
    "问题 情况 时候 时间 地方 东西 办法 方面 事情 原因 工作 委员 老师 老人家 先生 女士 人员 政府 部门 单位 公司 群众 "
    "市民 百姓 建议 意见 咨询 要求 条件 手续 材料 过程 结果 内容 方式 标准 规定 政策 希望 影响 大家 小时 下午 上午 "
    "晚上 早上 今年 去年 明年 目前 现在 最近 年底 月底 感觉 想法 说法 家里 人家 家人 孩子 父母 朋友 邻居 楼上 "
    "麻烦 怎么办 问问 哪里找 手头"
)
_EMPTY = frozenset(_TOO_GENERAL.split())
"""Nouns that every question may hold, whatever it is about."""
_SHORTEST, _LONGEST, _MOST = 2, 20, 40


def keywords_of(text: str) -> frozenset[str]:
    """Read the keywords of a text, at most forty, in the order they come."""
    import rjieba  # noqa: PLC0415 - its dictionary takes 30 MB: the gateway reads EDITION only

    found = dict.fromkeys(
        word
        for word, kind in rjieba.tag(text)
        if kind in _NOUNS and _SHORTEST <= len(word) <= _LONGEST and word not in _EMPTY
    )
    return frozenset(list(found)[:_MOST])
