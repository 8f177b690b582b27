"""The bot killed at random moments in a storm of votes, and what is there afterwards."""
