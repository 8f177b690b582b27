"""What has been published: found, filtered, read and shared."""
