"""What a round of ordering says beyond its order: agencies, likeness, movement."""
