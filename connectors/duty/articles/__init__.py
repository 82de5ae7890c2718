"""Articles on the duty platform: ``contract/articles.yaml``."""

from connectors.duty.articles.sources import DutyArticles

__all__ = ["DutyArticles"]
