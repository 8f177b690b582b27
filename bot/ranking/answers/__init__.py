"""How one person answers a step: the ballot, the consent, and what is hidden from whom."""
