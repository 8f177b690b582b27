"""Agencies as admins see them: listed, renamed, joined."""
