"""Everything that admins decide about their workspace, in one form."""
