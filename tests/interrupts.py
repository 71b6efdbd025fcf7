"""Lets a program that a test starts be interrupted, also where the tests themselves run in the background with interruptions ignored."""

import signal


def heed_interrupts() -> None:
    """Gives an interruption its usual effect again; for `preexec_fn`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
