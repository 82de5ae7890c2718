"""The address book (通讯录): people, posts, organisations, accounts (wire-formats A5).

``calls.py`` is what the platform offers, the other modules are the ports made of it: chunks, cache rules, and how a
record is put together from several calls.
"""
