"""Whose a case study is: what somebody owns, and how it is handed on."""
