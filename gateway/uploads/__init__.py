"""Files people send: taken in within bounds, known by their content, stripped of metadata, handed over.

Owns what a file is (never its name or what the sender claims) and that nothing but picture and sound leaves here: no
place, no device, no time, no comment. Leaves the request around them to ``gateway/http/uploads.py`` and keeping them to
the platform. Nothing is kept here: what is on the way lies in files without a name, gone with the process.
"""
