"""Proposals."""

WORDS = {
    "SubmissionPeriod": {
        "IN_SESSION": ("会议期间", "While the committee was in session."),
        "OUT_OF_SESSION": ("闭会期间", "Between sessions."),
    },
    "ProposerType": {
        "INDIVIDUAL": ("委员个人", "A member alone."),
        "JOINT": ("联名", "Several members together."),
        "PARTY": ("党派", "A party."),
        "PEOPLES_ORGANIZATION": ("人民团体", "A people's organisation."),
        "SPECIAL_COMMITTEE": ("专门委员会", "A special committee."),
        "SECTOR": ("界别", "A sector."),
        "GROUP": ("小组", "A group of members."),
        "STREET_GROUP": ("街道小组", "A street's group of members."),
    },
    "ProposalStatus": {
        "DRAFT": ("暂存", "A draft."),
        "SUBMITTED": ("已提交，未审查", "Submitted, not yet reviewed."),
        "UNDER_REVIEW": ("审查中", "Being reviewed."),
        "RETURNED": ("退回修改", "Given back to be changed."),
        "FILED": ("立案", "Filed as a case."),
        "NOT_FILED": ("不予立案", "Not filed."),
        "MERGED": ("并案", "Goes on as part of another."),
        "CONVERTED": ("转用（转社情民意信息、来信）", "Used as something else: an opinion report or a letter."),
        "ASSIGNED": ("已交办", "Given to a unit."),
        "HANDLING": ("办理中", "Being handled."),
        "REPLIED": ("已答复", "The unit replied."),
        "AWAITING_FEEDBACK": ("待反馈", "Waits for what the proposers say of the reply."),
        "FEEDBACK_GIVEN": ("已反馈", "The proposers said what they think of the reply."),
        "REHANDLING": ("重新办理", "Handled again, the proposers not being satisfied."),
        "CLOSED": ("办结", "Closed."),
        "ARCHIVED": ("归档", "Put away."),
        "WITHDRAWN": ("撤案", "Taken back."),
    },
    "HandlingRole": {
        "LEAD": ("主办", "Leads."),
        "ASSISTING": ("会办（协办）", "Helps."),
        "SEPARATE": ("分办", "Handles a part by itself."),
    },
    "Satisfaction": {
        "SATISFIED": ("满意", "Satisfied."),
        "BASICALLY_SATISFIED": ("基本满意", "Satisfied on the whole."),
        "UNSATISFIED": ("不满意", "Not satisfied."),
    },
    "SupervisionKind": {
        "CHAIRPERSON": ("主席督办", "By a chairperson of the committee."),
        "SPECIAL_COMMITTEE": ("专门委员会督办", "By a special committee."),
        "LEADER": ("党政领导督办", "By a leader of the Party committee or the government."),
    },
    "ProposalShare": {
        "ANY": ("全部", "Both."),
        "FIRST": ("第一提案人", "Those proposed first-hand."),
        "COSIGNED": ("联名", "Those co-signed."),
    },
    "ProposalOrder": {
        "SUBMITTED_AT_DESC": ("新提交的在前", "Newest first."),
        "SUBMITTED_AT_ASC": ("早提交的在前", "Oldest first."),
        "CHANGED_AT_DESC": ("新变动的在前", "Last changed first."),
        "CHANGED_AT_ASC": ("早变动的在前，便于逐批同步", "Longest unchanged first, to follow changes."),
    },
}
