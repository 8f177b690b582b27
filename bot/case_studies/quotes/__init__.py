"""Case studies that begin with a message."""
