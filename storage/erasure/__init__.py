"""What becomes of everything that is kept of a person who has themselves erased, a part a transaction."""
