"""What has to be settled before a test stops the clock.

Compiled modules look at the size of `datetime` as they load, and crash on the
one that freezegun puts in its place. The stores load these only when they are
needed. And a pool of connections has its own errands, which need a clock that goes.
"""

from importlib import import_module

import freezegun

for name in ("psycopg_pool", "sqlite_utils"):
    import_module(name)

freezegun.configure(extend_ignore_list=["psycopg", "psycopg_pool"])
