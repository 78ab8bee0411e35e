"""Every error raised on purpose, one class per thing that a caller can do about it.

    SaysoError
    ├── TryLater        retry: the network, a busy server, a lock
    ├── SourceChanged   a person must look: the feed or page no longer has the form we read
    ├── Refused         tell whoever asked: a guard, a rule of the desk, a limit; the message says which
    └── BadSetting      stop at start: a coverage file or the settings file is wrong; names file and line

Bad data is not an exception but a record (`Unread`). Programming mistakes stay `AssertionError` and `ValueError`.
"""


class SaysoError(Exception):
    """Any error that sayso raises on purpose; its text is a sentence that says what to do."""


class TryLater(SaysoError):
    """The same call may succeed later; not before `retry_after_s` where the other side asked for a pause."""

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class SourceChanged(SaysoError):
    """A source answered, but not in a form that we can read: a person has to look."""


class Refused(SaysoError):
    """A guard or a rule forbids it; the text names the rule."""


class BadSetting(SaysoError):
    """A file that an operator or editor wrote is wrong; the text names the file, the line and what to write instead."""
