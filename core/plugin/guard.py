"""A time limit for a call that cannot be moved to another process."""

import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def call_within(function: Callable[[], Answer], seconds: float) -> Answer:
    """Call in a daemon thread and wait at most ``seconds``.

    Raises TimeoutError when the time is up (the thread is left behind and dies with the
    process) and whatever the function raises, SystemExit turned into RuntimeError.
    """
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(function())
        except BaseException as error:  # noqa: BLE001, RUF100 - handed to the caller below
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True, name="plugin-guard")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError(f"no answer within {seconds:g} s")
    if errors:
        if isinstance(errors[0], Exception):
            raise errors[0]
        raise RuntimeError(repr(errors[0])) from errors[0]
    return answers[0]
