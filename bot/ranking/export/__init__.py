"""The record of a ranking as files, pictures and a canvas."""
