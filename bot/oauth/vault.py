"""Encryption of what must not be read by whoever gets hold of the database.

Everything is encrypted with the newest key; what an older key encrypted can be read for as long as that
key is given, too.
"""

from collections.abc import Callable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealError(Exception):
    """It cannot be read: encrypted with another key, changed, or too old."""


class Vault:
    """Seals texts with the newest of `keys`, each 32 bytes in URL-safe base64.

    `later_keys` is asked when no key fits: another process may have been given a new one meanwhile.
    """

    def __init__(self, keys: Sequence[str], later_keys: Callable[[], Sequence[str]] = tuple) -> None:
        self._newest = Fernet(keys[0])
        self._every = MultiFernet([Fernet(key) for key in keys])
        self._later_keys = later_keys

    def seal(self, text: str) -> str:
        """The text encrypted, with the time of now."""
        return self._every.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """:raises SealError: no key fits"""
        try:
            return self._every.decrypt(sealed).decode()
        except InvalidToken:
            pass
        try:
            return MultiFernet([Fernet(key) for key in self._later_keys()]).decrypt(sealed).decode()
        except (InvalidToken, ValueError):
            raise SealError("no key of ENCRYPTION_KEY fits") from None

    def open_recent(self, sealed: str, seconds: int) -> str:
        """:raises SealError: no key fits, or it was sealed longer ago"""
        try:
            return self._every.decrypt(sealed, ttl=seconds).decode()
        except InvalidToken:
            raise SealError("it is too old, or no key fits") from None

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key has sealed it."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True
