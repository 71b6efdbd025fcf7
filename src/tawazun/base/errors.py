"""Names whose fault a failure is, and says where it is, what was found and what to do."""


class TawazunError(Exception):
    """Is what every error raised on purpose derives from; its text is one line fit for a user."""


class InputError(TawazunError):
    """Tells that an article or a dossier handed in can't be used."""


class KnowledgeError(TawazunError):
    """Tells that a knowledge file is wrong, with `file:line`."""


class SetupError(TawazunError):
    """Tells that the machine doesn't allow what was asked (a folder that can't be written, a full disk)."""


class InternalError(TawazunError):
    """Tells that Tawazun itself broke a promise; please report it."""
