"""Who may start rankings: decided by admins."""
