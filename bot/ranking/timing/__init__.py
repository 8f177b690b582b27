"""What goes by the clock: ends of steps, reminders, and what is announced."""
