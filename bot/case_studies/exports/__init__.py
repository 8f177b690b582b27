"""Case studies as files and canvases: ordered in Slack and made by the clock, or from the command line."""
