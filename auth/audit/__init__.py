"""The audit: what happened, who did it to whom, kept so that nobody can change it unseen.

Owns entries, their chain, the signed checkpoints, and reading them again. Leaves to everybody else to say what happens
(``Audit.note``), and knows of persons only their pseudonyms.
"""

from auth.audit.acts import Act
from auth.audit.audit import Audit

__all__ = ["Act", "Audit"]
