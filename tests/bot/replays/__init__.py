"""The same signed request twice: one after the other, and at once to two processes."""
