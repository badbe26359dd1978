"""The command line: one module a verb. Here only how an error becomes one line and an exit code.

Verbs import their machinery inside the call: start-up is a feature.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import sys
from typing import NoReturn

from keytag.base import errors
from keytag.base.callbacks import NothingLost
from keytag.base.words import ENGLISH, say
from keytag.cli import language, plainly
from keytag.cli.leaving import Leave

# Objects made before Python looks for unreachable ones: next to nothing we make refers back to what holds it, and
# looking at all of it again and again is a twentieth of the time of `keytag check`.
COLLECTOR_THRESHOLD = 200_000
# Of the matrix library, which starts as many as there are processors: nothing here gives them anything to do.
THREADS = ("OPENBLAS_NUM_THREADS", "1")


def run() -> NoReturn:
    """The program: `main`, and out at once.

    Python's own way out first frees every object one by one, which is a fifth of the time of `keytag check`.
    """
    try:
        try:
            main()
        except SystemExit as leave:
            os._exit(leave.code if isinstance(leave.code, int) else errors.OK)
    except KeyboardInterrupt:  # a second Ctrl-C while the first is answered
        os._exit(errors.INTERRUPTED)
    except MemoryError:  # where there is not even enough to say so in the usual way
        with contextlib.suppress(OSError):
            os.write(2, b"keytag: out of memory\n")
        os._exit(errors.OutputError.exit_code)


def main() -> NoReturn:
    """Run the command line; every `KeytagError` is one clear line on standard error and its exit code."""
    from keytag.cli import interrupts, streams

    interrupts.patient()
    gc.set_threshold(COLLECTOR_THRESHOLD)
    os.environ.setdefault(*THREADS)
    with streams.patient() as output:
        code = _code()
        sys.stdout.flush()
        failed = output.failed
        if failed is not None and failed.errno != errno.EPIPE and code in (errors.OK, errors.FINDINGS):
            from keytag.base.system import reason

            _say(say("keytag: the output cannot be written: {reason}", reason=reason(failed)))
            code = _unheard(code)
    sys.exit(code)


def _unheard(code: int) -> int:
    """The exit code of a verb whose words could not be written, which `code` would have been."""
    from keytag.cli.app import MAKES_FILES

    return code if sys.argv[1:2] and sys.argv[1] in MAKES_FILES else errors.OutputError.exit_code


def _code() -> int:
    """The exit code of what the command line asks for; whatever went wrong is said."""
    try:
        with NothingLost():
            return _run()
    except Leave as leave:
        return leave.code
    except errors.KeytagError as error:
        for each in (error, *error.others):
            _say(say("keytag: {message}", message=each.message))
            if each.hint:
                _say(say("  {hint}", hint=each.hint))
        return error.exit_code
    except KeyboardInterrupt:
        _say(say("keytag: interrupted"))
        return errors.INTERRUPTED
    except MemoryError:
        _say(say("keytag: out of memory: nothing more was done"))
        return errors.OutputError.exit_code
    except OSError as error:  # of the system: what is wrong with the files of a job is said where it is
        from keytag.base.system import reason

        where = say("{filename}: ", filename=error.filename) if error.filename else ""
        _say(say("keytag: {where}{reason}", where=where, reason=reason(error)))
        return errors.OutputError.exit_code
    except Exception as error:
        what = say("{name}: {error}", name=type(error).__name__, error=error)
        _say(say("keytag: an error in keytag itself, {place}: {what}", place=_place(error), what=what))
        _say(say("  please report it, with the files that show it; what stood in the output folder stands there still"))
        return errors.INTERNAL


def _place(error: BaseException) -> str:
    """File and line where an error was raised, the innermost of keytag's own if there is one."""
    trace, found = error.__traceback__, ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename.replace(os.sep, "/")
        if "/keytag/" in path or not found:
            found = f"{path.rsplit('/keytag/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _run() -> int:
    """The verb's exit code."""
    sys.argv[1:] = language.choose(sys.argv[1:], os.environ)
    verb, *words = sys.argv[1:] or [""]
    code = plainly.done(verb, words)
    return _parsed() if code is None else code


def _parsed() -> int:
    """The exit code of a verb with its options; what typer itself has to say of wrong words is said here."""
    import typer

    from keytag.cli.app import app, register

    register(sys.argv[1:])
    try:
        code = int(app(standalone_mode=False) or errors.OK)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.Exit as leave:
        code = leave.exit_code
    except SystemExit as leave:  # typer's own way with a pipe that broke
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from leave
    except Exception as error:
        # typer brings its own copy of click, so its errors are known by what they can do.
        show, own = getattr(error, "show", None), getattr(error, "exit_code", None)
        if isinstance(error, errors.KeytagError) or show is None or own is None:
            raise
        words = io.StringIO()
        show(words)
        for text in words.getvalue().expandtabs(4).rstrip("\n").split("\n"):  # typer indents what can be chosen
            _say(text if language.words() is ENGLISH else _foreign(text))
        return int(own)
    if code == errors.INTERRUPTED:  # typer makes an exit code of Ctrl-C
        raise KeyboardInterrupt
    return code


def _foreign(line: str) -> str:
    from keytag.cli import foreign

    return foreign.line(line)


def _say(text: str) -> None:
    """One line on standard error: names of files and words of a roster stand in it, and none may steer a terminal."""
    from keytag.report.visible import visible

    sys.stderr.write(visible(language.words().of(text)) + "\n")
