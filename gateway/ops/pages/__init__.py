"""``/ops`` and ``/status`` as pages: drawn whole on the server, so that they say everything without a script.

Owns how the picture looks, in both languages, and the question before an act. Leaves what is true to ``gateway/ops``,
and who somebody is to sign-on. The script only fetches the page again when there is news and puts it in place.
"""
