"""Which process sends the messages of a workspace, and which of them wait in each of its channels."""

STATEMENTS = (
    """CREATE TABLE message_leases (
        workspace_id TEXT NOT NULL,
        holder TEXT NOT NULL,
        held_until TEXT NOT NULL,
        PRIMARY KEY (workspace_id)
    )""",
    # Holds all that the publisher asks about each channel, so that a look reads no row.
    """CREATE INDEX messages_waiting ON messages (workspace_id, channel_id, kind, ts, dirty_at)
        WHERE dirty_at IS NOT NULL""",
)
