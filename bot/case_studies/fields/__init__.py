"""The fields of a form: how each kind is asked, read back and kept."""
