"""What each value of the graph's enums means, in Chinese and in English, by the enum's name.

The enums are the records', which have no words of their own.
"""

from schema.words import bodies, deliberating, duty, matters, opinions, proposals, questions, writes

WORDS = (
    bodies.WORDS
    | questions.WORDS
    | matters.WORDS
    | proposals.WORDS
    | opinions.WORDS
    | deliberating.WORDS
    | duty.WORDS
    | writes.WORDS
)
