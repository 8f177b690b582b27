"""Names of what can be pressed and sent in the help and in the settings."""

OPEN_SETTINGS = "home.settings.open"
SAVE_SETTINGS = "home.settings.save"
APPROVAL_FIELD = "approval"
DAYS_FIELD = "days"

REQUIRED = "required"
"""The value of the ticked box."""
