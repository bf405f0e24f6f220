"""What can go wrong, by what the person can do about it.

    CommuniqueError
    ├── InputError            one input cannot be read: leave it out or repair it
    │   ├── InputTooLarge     it is over a limit in the settings
    │   └── NotSupported      a kind of file that is not read
    ├── SettingsError         an option, a settings file or an installed package does not fit
    │   └── MissingExtra      a format needs a package that is not installed
    ├── CodebookError         a codebook file is wrong; says file and line
    └── RecordError           a record (store) cannot be opened or written
"""  # fmt: skip

from __future__ import annotations


class CommuniqueError(Exception):
    """Base of all errors raised on purpose. The message says what happened, on what, and the next step."""


class InputError(CommuniqueError):
    """One input cannot be read. `source` is its path or address."""

    def __init__(self, message: str, *, source: str = "") -> None:
        super().__init__(message)
        self.source = source


class InputTooLarge(InputError):
    """An input is over a limit of the settings."""


class NotSupported(InputError):
    """A kind of file that is not read."""


class SettingsError(CommuniqueError):
    """An option, a settings file or an installed package does not fit."""


class MissingExtra(SettingsError):
    """A format or command needs a package that is not installed; the message names the extra."""


class CodebookError(CommuniqueError):
    """A codebook file is wrong. The message begins with `file:line`."""


class RecordError(CommuniqueError):
    """A record cannot be opened, read or written."""
