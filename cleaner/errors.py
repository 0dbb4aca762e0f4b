"""What can go wrong, by kind; every message names the place and the cure."""


class CleanerError(Exception):
    """Something the caller can mend; base of all errors raised on purpose."""


class RuleError(CleanerError):
    """A rule pack is broken, or a rule ran past its time limit."""


class SettingsError(CleanerError):
    """A setting has an unknown name or a value it cannot take."""


class SourceError(CleanerError):
    """An input cannot be read; other inputs can."""


class LedgerError(CleanerError):
    """Rows of a run do not account for their source."""


class StageError(CleanerError):
    """A stage raised, or proposed what it may not."""


class WeightsError(CleanerError):
    """The weights of the decision are missing or spoilt, or were fitted for another version."""


class ReviewError(CleanerError):
    """Verdicts cannot be read, written or used."""


class CountsError(CleanerError):
    """Counts of repeated lines are missing or spoilt, or cannot be made."""


class RunError(CleanerError):
    """A run cannot go on in its folder: it is taken, other work is unfinished, the disk is full."""


class Stopped(RunError):  # noqa: N818  # nothing went wrong
    """A run was asked to stop by a signal; the same call goes on where it stopped."""

    def __init__(self, signal: int, message: str = "stopped") -> None:
        super().__init__(message)
        self.signal = signal


class LimitError(CleanerError):
    """A document took more time or memory than it may, or its worker process died over it."""


def is_of_system(error: BaseException) -> bool:
    """Whether the system raised it, as on a full disk: then other documents would fail as well."""
    return isinstance(error, OSError) and error.errno is not None
