"""What a case study said before, and who changed what."""
