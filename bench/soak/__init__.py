"""The bot under a hundred thousand requests of every kind: what stays behind of them in the process."""
