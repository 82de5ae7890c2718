"""Words for what a person can mend in the input of a mutation, beside its texts (``writes.py``)."""

from gateway.errors.entry import Entry

INPUTS = (
    Entry("NO_ENTRIES", "Nothing is named here. Name at least one.", "此处未选择任何一项，请至少选择一项。"),
    Entry(
        "NOT_FOR_THIS_KIND",
        "Things of this kind have no such field. Leave it out, or choose another kind.",
        "该类型没有此项，请删除此项或更换类型。",
    ),
    Entry(
        "UNKNOWN_PLACE",
        "This code is no place here. Use a code of six digits that regions lists (GB/T 2260).",
        "没有该行政区划代码，请使用 GB/T 2260 的六位代码。",
    ),
    Entry(
        "BAD_LOCATION",
        "This is no place on the earth: the latitude is -90 to 90, the longitude -180 to 180.",
        "位置有误：纬度应在 -90 至 90 之间，经度应在 -180 至 180 之间。",
    ),
    Entry(
        "SCORE_OUT_OF_RANGE",
        "The score is {least} to {most}. Choose one of these.",
        "评分须为 {least} 至 {most} 分，请重新选择。",
    ),
    Entry(
        "BAD_REASON_CODE",
        "A reason's code is made of capital letters and `_`, at most 40 of them. Correct it.",
        "原因代码由大写字母和下划线组成，至多 40 个，请更正后再提交。",
    ),
)
