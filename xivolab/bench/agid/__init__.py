"""xivo-agid in small: answers the AGI steps of the dialplan out of the database, beside Asterisk in its container.

Nothing here needs more than Python's standard library, psycopg and `xivolab.asterisk.dialplan.patterns`: the image of the PBX
holds these and nothing else of xivolab.
"""
