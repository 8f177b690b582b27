"""The figures of this process, as Prometheus reads them.

A label never holds a workspace, a person, a channel or anything that was written, and all its values are
known here or in the code that calls Slack: figures are kept for long, and each value of a label is a row.
"""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import product
from math import nan
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, Summary, generate_latest
from prometheus_client.metrics import disable_created_metrics

disable_created_metrics()

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_REQUESTS: Final = Counter(
    "commonground_requests", "Requests of Slack's, by kind and by what became of them.", ["kind", "result"]
)
# Slack waits for three seconds.
_ANSWER_SECONDS: Final = Histogram(
    "commonground_answer_seconds",
    "From a request's arrival to its answer, what it changed being on disk.",
    ["kind"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
_COMMIT_WRITES: Final = Histogram(
    "commonground_commit_writes",
    "Writes that one commit held; always 1 on PostgreSQL.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
_COMMIT_SECONDS: Final = Histogram(
    "commonground_commit_seconds",
    "From the beginning of a transaction until it was on disk.",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2),
)
_SLACK_CALLS: Final = Counter(
    "commonground_slack_calls", "Calls of Slack's Web API, by method and by outcome.", ["method", "result"]
)
_SLACK_LIMITED: Final = Summary(
    "commonground_slack_retry_after_seconds",
    "Answers of Slack's that a method was called too often, and the seconds that it asked to wait.",
    ["method"],
)
_SLACK_REACHABLE: Final = Gauge(
    "commonground_slack_reachable", "1 if Slack answered the latest call, 0 if not, NaN before the first."
)
_STORE_WRITABLE: Final = Gauge("commonground_store_writable", "1 if the database can be written, else 0.")
_MESSAGES_WAITING: Final = Gauge(
    "commonground_messages_waiting", "Messages of all processes that are not yet as their rows are."
)
_OLDEST_MESSAGE: Final = Gauge(
    "commonground_oldest_message_seconds", "Age of the oldest change that its message does not show."
)
_OLDEST_WORK: Final = Gauge(
    "commonground_oldest_work_seconds", "For how long the oldest work that nobody does has been due."
)
_FORMS_WAITING: Final = Gauge(
    "commonground_open_forms_waiting", "Open forms that do not yet show what was pressed in them."
)


def expect_requests(kinds: Iterable[str], results: Iterable[str]) -> None:
    """Begin at 0: the rise of a figure is only seen from a value before."""
    for kind, result in product(kinds, results):
        _REQUESTS.labels(kind, result)


def count_request(kind: str, result: str, seconds: float) -> None:
    """A request was answered."""
    count, observe = _of_request(kind, result)
    count()
    observe(seconds)


@cache
def _of_request(kind: str, result: str) -> tuple[Callable[[], None], Callable[[float], None]]:
    """What to call: to find it by its labels takes several times as long."""
    return _REQUESTS.labels(kind, result).inc, _ANSWER_SECONDS.labels(kind).observe


def count_refusal(result: str) -> None:
    """A request was refused without being understood."""
    _REQUESTS.labels("unread", result).inc()


def count_commit(writes: int, seconds: float) -> None:
    """The store committed; from any thread."""
    _COMMIT_WRITES.observe(writes)
    _COMMIT_SECONDS.observe(seconds)


def count_call(method: str, result: str) -> None:
    """A method of Slack's was called; `method` is a name in our code."""
    _SLACK_CALLS.labels(method, result).inc()


def count_limited(method: str, seconds: float) -> None:
    """Slack asked for a pause; 0 if it did not say how long."""
    _SLACK_LIMITED.labels(method).observe(seconds)


def watch_forms(waiting: Callable[[], int]) -> None:
    """Ask this for the number of open forms that wait."""
    _FORMS_WAITING.set_function(waiting)


def exposition(
    *,
    is_writable: bool,
    messages_waiting: int | None,
    oldest_message: float | None,
    oldest_work: float | None,
    is_slack_reachable: bool | None,
) -> bytes:
    """All figures in Prometheus' text format; None stands for what is not known."""
    _STORE_WRITABLE.set(is_writable)
    for gauge, value in (
        (_MESSAGES_WAITING, messages_waiting),
        (_OLDEST_MESSAGE, oldest_message),
        (_OLDEST_WORK, oldest_work),
        (_SLACK_REACHABLE, is_slack_reachable),
    ):
        gauge.set(nan if value is None else value)
    return generate_latest()
