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

    `newer_keys` is asked before anything is sealed, and when no key fits: the key may be changed while the
    bot runs, and what it sealed with the old one would be lost with that. It may give none.
    """

    def __init__(self, keys: Sequence[str], newer_keys: Callable[[], Sequence[str]] = tuple) -> None:
        self._keys = tuple(keys)
        self._fernet = _fernet(self._keys)
        self._newer_keys = newer_keys

    def seal(self, text: str) -> str:
        """The text encrypted, with the time of now."""
        self._renew()
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """:raises SealError: no key fits"""
        return self._open(sealed, None)

    def open_recent(self, sealed: str, seconds: int) -> str:
        """:raises SealError: no key fits, or it was sealed longer ago"""
        return self._open(sealed, seconds)

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key has sealed it."""
        try:
            Fernet(self._keys[0]).decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def _open(self, sealed: str, seconds: int | None) -> str:
        content = sealed.encode(errors="replace")  # a browser may send any letters
        try:
            return self._fernet.decrypt(content, ttl=seconds).decode()
        except InvalidToken:
            self._renew()
        try:
            return self._fernet.decrypt(content, ttl=seconds).decode()
        except InvalidToken:
            raise SealError("no key of ENCRYPTION_KEY fits") from None

    def _renew(self) -> None:
        """Take newer keys before those known so far, which may be needed to read what they sealed."""
        newer = tuple(self._newer_keys())
        if newer and newer != self._keys[: len(newer)]:
            self._keys = (*newer, *(key for key in self._keys if key not in newer))
            self._fernet = _fernet(self._keys)


def _fernet(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
