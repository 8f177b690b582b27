"""Two people who wrote one field, and the choice between their texts."""
