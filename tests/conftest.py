"""What has to be loaded before a test stops the clock.

Compiled modules look at the size of `datetime` as they load, and crash on the
one that freezegun puts in its place. The stores load these only when they are needed.
"""

from importlib import import_module

for name in ("psycopg_pool", "sqlite_utils"):
    import_module(name)
