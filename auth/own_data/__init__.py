"""What is kept of one person: shown to them, handed to them, deleted at their wish.

Owns reading and deleting across all tables. Leaves to ``Endings`` what ends while the person stays, to the audit what
it keeps: a pseudonym.
"""
