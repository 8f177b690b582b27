"""What is kept: frozen records, the same from either store, one module a noun.

Times are aware `datetime`s in UTC. Every record of a workspace carries that
installation's `workspace_id`, because a workspace is a wall. Ids of statements
and fields are the content's own (`outcome-4`, `target_group`).
"""
