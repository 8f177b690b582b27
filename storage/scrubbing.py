"""What was removed leaves the files too, as far as the engine lets it."""

from storage.database import Database, Script

# The index keeps words of rows that are gone until its parts are made one.
_MERGE_WORDS = "INSERT INTO case_study_words_fts (case_study_words_fts) VALUES ('optimize')"


async def scrub(database: Database) -> None:
    """Let go of every trace of what was deleted, in whichever table it was."""
    if database.engine == "sqlite":
        await database.write(_merge_words)
    await database.scrub(everything=True)


def _merge_words() -> Script[None]:
    yield _MERGE_WORDS, {}
