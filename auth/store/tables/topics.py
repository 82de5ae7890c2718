"""What published questions are about: counted as they change, so that no request has to read them all."""

import enum
from datetime import date, datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class TopicReadingRow(Base):
    """How far the questions' changes were read, and which replica reads them just now.

    ``made_with`` names the secret by which askers were made unknown, and the way words are told.
    """

    __tablename__ = "topic_reading"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    made_with: Mapped[str] = mapped_column(String(32))
    changed_to: Mapped[datetime | None]
    reader: Mapped[str] = mapped_column(String(40))
    held_until: Mapped[datetime]


class TopicQuestionRow(Base):
    """A published question that was counted; ``checked_at``: when it was last seen to be published still."""

    __tablename__ = "topic_question"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    checked_at: Mapped[datetime] = mapped_column(index=True)


class TopicWordRow(Base):
    """A keyword of a question; ``asker`` is a pseudonym, for telling people apart and nothing else.

    The index gives a word's newest questions without sorting, and all that is asked of them.
    """

    __tablename__ = "topic_word"
    __table_args__ = (Index("ix_topic_word_word", "word", "day", "question_key", "region_key", "asker"),)

    question_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    region_key: Mapped[str] = mapped_column(String(6))
    day: Mapped[date]
    asker: Mapped[str] = mapped_column(String(64))


class Span(enum.StrEnum):
    """What a count is of."""

    DAY = "D"
    MONTH = "M"


class TopicCountRow(Base):
    """How many published questions of a day or a month hold a keyword, in a region and what lies in it.

    ``day`` is a month's first.
    """

    __tablename__ = "topic_count"

    region_key: Mapped[str] = mapped_column(String(6), primary_key=True)
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    questions: Mapped[int] = mapped_column(Integer)
