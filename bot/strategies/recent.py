"""What happened lately, so that the same thing does not happen twice."""

from collections import OrderedDict


class Recent:
    """The last `limit` names that were claimed."""

    def __init__(self, limit: int = 2_000) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()
        self._limit = limit

    def claim(self, name: str) -> bool:
        """True for the first to claim `name`, False for everybody after."""
        if name in self._names:
            return False
        self._names[name] = None
        if len(self._names) > self._limit:
            self._names.popitem(last=False)
        return True
