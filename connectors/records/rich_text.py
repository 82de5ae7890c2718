"""Text with headings, links and pictures."""

from connectors.records.record import Record


class RichText(Record, frozen=True):
    """HTML of a small set of elements, safe to be put in a page; only ``connectors/cleaning.py`` makes one."""

    html: str
