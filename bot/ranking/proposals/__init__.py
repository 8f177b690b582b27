"""What may be proposed for consent, and the ways on after a block."""
