"""Requests that no well-meaning person sends, and what they do to the bot: nothing."""
