"""The commands of `python -m bot`, one module each.

A module has `add(commands)`, which names the command and its options, and an
action `(options, settings) -> exit status`. What an action needs is imported inside
it, so that one command does not pay for the others.
"""
