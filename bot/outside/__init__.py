"""What whoever runs the app sees of it: figures, health, and what a log line is about."""
