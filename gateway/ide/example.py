"""The query that lies ready in the IDE: a studio's page, from three platforms."""

from gateway.execution.operation import Language

_HINTS = {
    Language.EN: """\
# A studio's page: one query, three platforms. Ctrl-Enter sends it, Docs shows what else there is.
# What belongs to a person needs a token: under Set Headers, on the left, "Bearer" and the token as Authorization.
""",
    Language.ZH: """\
# 委员工作室的主页：一次查询，三个平台。按 Ctrl-Enter 发送；“文档”中可浏览全部字段。
# 涉及个人的内容需要访问令牌：点左侧“设置Headers”，在 Authorization 中填写“Bearer 令牌”。
""",
}

_QUERY = """\
query StudioPage {
  studios(first: 1) {
    nodes {
      name
      address
      convener { name }
      members(first: 3) {
        nodes { name sector { name } official { title organization { name } } }
      }
      questions(filter: { answered: true }, first: 2) {
        nodes { title asker { displayName } replies { body author { name } } }
      }
      statistics { followers likes averageRating }
    }
  }
}
"""


def example_in(language: Language) -> str:
    """The query, with a hint above it; it names no id, so it runs over any data."""
    return _HINTS[language] + _QUERY
