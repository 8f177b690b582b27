"""How fast votes and sections are taken, beside an app that does nothing."""
