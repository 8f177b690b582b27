"""What somebody would like from the colleague whom they ask to write a section."""

STATEMENTS = ("ALTER TABLE case_study_sections ADD COLUMN note TEXT NOT NULL DEFAULT ''",)
