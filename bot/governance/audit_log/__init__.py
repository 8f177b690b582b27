"""Who did what: read by admins a page at a time, and exported."""
