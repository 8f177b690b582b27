"""Who takes part, for which agency, and who may do what."""
