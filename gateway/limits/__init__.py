"""What an operation may ask for, decided before it runs.

Owns two things, each in time linear in the document. The limits of its structure: depth, fields, root fields, aliases,
directives, fragments, names repeated, literal values, introspection; a file a kind of limit, one list of them
(``structure.py``), all over one walk of the document (``outline.py``), in which a fragment is looked at once however
often it is spread. And its cost (``weights.py``, ``estimate.py``): points and values, by the meaning of the directives
``@cost`` and ``@listSize`` (GraphQL Cost Directives), which the fields' declarations say.

Leaves bytes and JSON to the edge, the rows of one page or range to where a field is read, and how many calls are made
to the loaders (``schema/loaders.py``), which hold them to one of these settings. Apart, because nothing here needs an
engine, a platform or a request, and every engine needs it.
"""
