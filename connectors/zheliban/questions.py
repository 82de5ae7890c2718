"""Citizens' questions and the replies to them, as far as the asker may see them.

Apart from the other sources because here the answer depends on who asks: every entry is kept for one audience,
and every row is checked again before it is handed on (``audience.py``).
"""

from collections.abc import Mapping, Sequence

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.reading import Reader, ReadRule
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionQuery, Reply
from connectors.viewer import Ask
from connectors.zheliban.audience import audience_of, visible
from connectors.zheliban.mapping import each, page_from, question_from, reply_from
from connectors.zheliban.payloads import QuestionPagePayload
from connectors.zheliban.service import StudioService

QUESTIONS = ReadRule("questions", batch=100, fresh_for=30)
REPLIES = ReadRule("replies", batch=100, fresh_for=30)
STUDIO_QUESTIONS = ReadRule("studios.questions", batch=100, fresh_for=30)


class ZhelibanQuestions:
    """Questions by key, replies by key, and the lists of studios."""

    def __init__(self, reader: Reader, service: StudioService) -> None:
        self._reader = reader
        self._service = service

    async def load_questions(self, keys: Sequence[str], ask: Ask) -> Sequence[Question | PlatformError | None]:
        """Read questions by key; None for an unknown one and for one the asker may not see."""
        audience = audience_of(ask.viewer, self._reader.platform)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Question | PlatformError]:
            found = await self._service.questions(chunk, audience, deadline)
            seen = {k: v for k, v in found.items() if isinstance(v, PlatformError) or visible(v.access, audience)}
            return each(question_from, seen)

        return await self._reader.read(QUESTIONS, keys, ask, fetch, per=audience)

    async def load_replies(self, keys: Sequence[str], ask: Ask) -> Sequence[Reply | PlatformError | None]:
        """Read replies by key; None for an unknown one and for one to a question the asker may not see."""
        audience = audience_of(ask.viewer, self._reader.platform)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Reply | PlatformError]:
            found = await self._service.replies(chunk, audience, deadline)
            seen = {k: v for k, v in found.items() if isinstance(v, PlatformError) or visible(v.access, audience)}
            return each(reply_from, seen)

        return await self._reader.read(REPLIES, keys, ask, fetch, per=audience)

    async def list_studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per studio, newest first; an unknown studio has an empty page."""
        audience = audience_of(ask.viewer, self._reader.platform)
        nothing: Page[Question] = Page(edges=(), has_next=False, total=0 if page.with_total else None)

        def seen(payload: QuestionPagePayload) -> Page[Question]:
            return page_from(payload, (row for row in payload.rows if visible(row.access, audience)), question_from)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[Question] | PlatformError]:
            return each(seen, await self._service.studio_questions(chunk, query, page, audience, deadline))

        found = await self._reader.read(STUDIO_QUESTIONS, keys, ask, fetch, per=(query, page, audience))
        return [entry if entry is not None else nothing for entry in found]
