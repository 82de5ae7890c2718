"""Words for the rules of single writes: parts that go together, codes at the door, forms, shifts, signatures."""

from gateway.errors.entry import Entry

WRITE_RULES = (
    Entry("TOO_MANY_ENTRIES", "At most {most} are taken here. Leave some out.", "此处最多 {most} 项，请减少后再提交。"),
    Entry(
        "PART_MISSING", "This step needs what the field is for. Fill it in.", "办理此步骤须填写该项，请补充后再提交。"
    ),
    Entry("PART_NOT_TAKEN", "This step does not take that field. Leave it out.", "此步骤不接受该项，请去掉后再提交。"),
    Entry("OTHER_MUTATION", "This state is come to by {mutation}. Use that.", "转为该状态请使用 {mutation}。"),
    Entry(
        "MEMBERS_SPEAK_BY_NAME",
        "Members speak by their own name. Leave anonymous out.",
        "委员以本人姓名发言，请去掉匿名后再提交。",
    ),
    Entry(
        "BAD_SPAN",
        "These times cannot be taken: the end comes after the start, and both lie within what is allowed. Mend them.",
        "时间无效：结束须晚于开始，且都在允许的范围内，请更正后再提交。",
    ),
    Entry(
        "CHECK_IN_CODE_ENDED",
        "This code has ended; it turns over within a minute. Use the one shown now.",
        "签到码已失效（一分钟内更换），请使用现场正在显示的签到码。",
    ),
    Entry(
        "CHECK_IN_CODE_UNKNOWN",
        "No such code was shown. Scan the code at the door again.",
        "签到码无效，请重新扫描现场的签到码。",
    ),
    Entry(
        "CHECK_IN_CLOSED",
        "One cannot sign in at this activity now. Its page tells from when and until when.",
        "当前不在该活动的签到时间内，签到起止时间见活动页面。",
    ),
    Entry(
        "ACTIVITY_BEGUN",
        "The activity has begun, so nobody is excused any more. Tell its office.",
        "活动已经开始，不能再请假，请联系主办机关。",
    ),
    Entry(
        "COSIGNING_CLOSED",
        "This proposal is filed already; a proposal is signed before that.",
        "该提案已立案，立案之前才可以联名。",
    ),
    Entry("FORM_NOT_OPEN", "This form takes no answers now.", "该问卷目前不接受填写。"),
    Entry(
        "ALREADY_ANSWERED",
        "You have answered this form; it takes one answer of each.",
        "您已填写过该问卷，每人限填一次。",
    ),
    Entry(
        "SHIFT_OVERLAPS",
        "There is a shift then already. Choose another time.",
        "该时段已有值班安排，请另选时间。",
    ),
)
