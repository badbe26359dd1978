"""The command line: one module a verb. Here only how an error becomes one line and an exit code.

Verbs import their machinery inside the call: start-up is a feature.
"""

from __future__ import annotations

import gc
import os
import sys

from keytag.base import errors

# Objects made before Python looks for unreachable ones: next to nothing we make refers back to what holds it, and
# looking at all of it again and again is a twentieth of the time of `keytag check`.
_GC_THRESHOLD = 50_000


def run() -> None:
    """The program: `main`, and out at once.

    Python's own way out first frees every object one by one, which is a fifth of the time of `keytag check`. Where
    the output cannot be written, it goes that way all the same and says so.
    """
    try:
        main()
    except SystemExit as leave:
        code = leave.code or errors.OK
        if isinstance(code, int) and _flushed():
            os._exit(code)
        raise


def _flushed() -> bool:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True


def main() -> None:
    """Run the command line; every `KeytagError` is one clear line on standard error and its exit code."""
    gc.set_threshold(_GC_THRESHOLD)
    try:
        sys.exit(_run())
    except errors.KeytagError as error:
        for each in (error, *getattr(error, "others", ())):
            _say(f"keytag: {each.message}")
            if each.hint:
                _say(f"  {each.hint}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("keytag: interrupted")
        sys.exit(errors.INTERRUPTED)
    except BrokenPipeError:  # whoever read our output has had enough
        _silence()
        sys.exit(errors.OK)
    except OSError as error:  # of standard output, such as a full disk: what is wrong with files is said where it is
        _silence()
        _say(f"keytag: the output cannot be written: {error.strerror or error}")
        sys.exit(errors.OutputError.exit_code)


def _run() -> int:
    """The verb's exit code; what typer itself has to say of wrong words is said here."""
    import typer

    from keytag.cli.app import app, register

    register(sys.argv[1:])
    try:
        code = int(app(standalone_mode=False) or errors.OK)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.Exit as leave:
        return leave.exit_code
    except Exception as error:
        # typer brings its own copy of click, so its errors are known by what they can do.
        show, own = getattr(error, "show", None), getattr(error, "exit_code", None)
        if isinstance(error, errors.KeytagError) or show is None or own is None:
            raise
        show()
        return int(own)
    if code == errors.INTERRUPTED:  # typer makes an exit code of Ctrl-C
        raise KeyboardInterrupt
    return code


def _say(text: str) -> None:
    """One line on standard error: names of files and words of a roster stand in it, and none may steer a terminal."""
    from keytag.report.visible import visible

    sys.stderr.write(visible(text) + "\n")


def _silence() -> None:
    """Keep Python from complaining once more when it closes standard output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
