"""How long each kind is kept: decided by admins, done by the clock."""
