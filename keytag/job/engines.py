"""Who makes the works: a plain loop, processes of this machine, or a Dask cluster; the same bytes from each.

An engine is a `map` that keeps the order of its works. Workers that die are replaced and their works made anew, three
times at most; what is done already is kept. What a work raises itself is raised here, and not tried again.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from keytag.base.errors import MissingToolError, OutputError, UsageError
from keytag.base.system import reason
from keytag.base.words import say
from keytag.files import workshop
from keytag.job.work import Mapping, Work, one_by_one

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
TRIES = 3  # of a work whose worker died
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_OVER = "over"
_WORKS = "keytag-works"
_AHEAD = 4  # works a worker has waiting: files that are made and not yet written stay few


@contextmanager
def engine(jobs: int = 1, scheduler: str = "") -> Iterator[Mapping]:
    """The engine for so many processes, or for a Dask scheduler; `UsageError` where both are asked for."""
    if scheduler:
        if jobs > 1:
            raise UsageError(say("--jobs and --scheduler are two engines: name one"))
        with _cluster(scheduler) as mapping:
            yield mapping
    elif jobs > 1:
        yield processes(jobs)
    else:
        yield one_by_one


def processes(jobs: int, start: Callable[[int], Executor] | None = None) -> Mapping:
    """A pool of `jobs` processes, made anew where a worker dies; `start` makes another kind of executor."""
    begin = start or _pool

    def mapping(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
        return _mapped(make, works, jobs, begin)

    return mapping


def _pool(jobs: int) -> Executor:
    import threading
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork has all modules loaded and starts at once; a process with threads does not bear it, nor do other systems.
    alone = sys.platform == "linux" and threading.active_count() == 1
    how = get_context("fork" if alone else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=how, initializer=_die_with, initargs=(os.getpid(),))


def _die_with(parent: int) -> None:
    """A worker ends with the process that started it, however that ends: a killed run leaves none, nor its lock."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _mapped(
    make: Callable[[Work], bytes], works: Sequence[Work], jobs: int, begin: Callable[[int], Executor]
) -> Iterator[bytes]:
    """The works' bytes in order; at most `_AHEAD` times `jobs` of them are under way or waiting to be taken.

    They stand in a workshop beside the system's other temporary files: what a killed run left there is swept away.
    """
    if not works:
        return
    from tempfile import gettempdir

    target = Path(gettempdir()) / _WORKS
    workshop.sweep(target)
    with workshop.beside(target) as place:
        folder = workshop.result(place)
        folder.mkdir()
        yield from _through_files(make, works, jobs, begin, folder)


def _through_files(
    make: Callable[[Work], bytes],
    works: Sequence[Work],
    jobs: int,
    begin: Callable[[int], Executor],
    folder: Path,
) -> Iterator[bytes]:
    """As `_mapped`. Works and bytes travel as files of `folder`, and only their names through the pool's pipes.

    A worker that is killed with half of a large value in a pipe would leave the others, and us, waiting for the rest of
    it for ever (python/cpython#94777); a name is written whole or not at all.
    """
    from concurrent.futures.process import BrokenProcessPool

    def submit(number: int) -> Future[None]:
        place = folder / str(number)
        if not place.exists():
            place.write_bytes(pickle.dumps((make, works[number]), pickle.HIGHEST_PROTOCOL))
        return pool.submit(_made, place)

    size = min(jobs, len(works))
    pool = begin(size)
    try:
        waiting: dict[int, Future[None]] = {}
        ahead, at, deaths = 0, 0, dict.fromkeys(range(len(works)), 0)
        while at < len(works):
            try:
                while ahead < len(works) and ahead < at + _AHEAD * jobs:
                    waiting[ahead] = submit(ahead)
                    ahead += 1
                waiting[at].result()
            except BrokenProcessPool as broken:
                deaths[at] += 1
                if deaths[at] >= TRIES:
                    what = say("{works}: its worker died {tries} times", works=works[at].name, tries=TRIES)
                    raise OutputError(
                        what, hint=say("there may be too little memory: fewer --jobs need less")
                    ) from broken
                pool.shutdown(wait=False, cancel_futures=True)
                pool = begin(size)
                done = {i: f for i, f in waiting.items() if i >= at and f.done() and f.exception() is None}
                waiting = {i: done[i] if i in done else submit(i) for i in range(at, ahead)}
                continue
            del waiting[at]
            made = _beside(folder / str(at))
            data = made.read_bytes()
            made.unlink()
            (folder / str(at)).unlink()
            at += 1
            yield data
    finally:
        (folder / _OVER).touch()
        pool.shutdown(wait=True, cancel_futures=True)


def _made(place: Path) -> None:
    """In a worker: the work of a file, its bytes beside it under their name when they are whole.

    Nothing once all is over: a pool that is shut down has what lies in its queue made all the same.
    """
    if (place.parent / _OVER).exists():
        return
    make, work = pickle.loads(place.read_bytes())  # of our own parent
    part = place.with_suffix(".part")
    part.write_bytes(make(work))
    part.replace(_beside(place))


def _beside(place: Path) -> Path:
    return place.with_suffix(".made")


def in_flight(submit: Callable[[Work], T], works: Sequence[Work], most: int) -> Iterator[T]:
    """What `submit` makes of each work, in order, at most so many before they are taken: a nation's would fill it."""
    waiting, rest = deque[T](), iter(works)
    while True:
        waiting.extend(submit(work) for work in islice(rest, most - len(waiting)))
        if not waiting:
            return
        yield waiting.popleft()


@contextmanager
def _cluster(address: str) -> Iterator[Mapping]:
    """The works on a Dask cluster; `MissingToolError` where Dask is not installed, `UsageError` where none answers."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingToolError(say("--scheduler needs Dask"), hint=say("pip install 'keytag[dask]'")) from error
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            say("--scheduler {address}: no scheduler answers: {error}", address=address, error=reason(error))
        ) from error

    def mapping(make: Callable[[Work], bytes], works: Sequence[Work]) -> Iterable[bytes]:
        # The scheduler replaces workers that die and makes their works anew by itself.
        threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        submit = partial(client.submit, make, pure=False, retries=TRIES - 1)
        for future in in_flight(submit, works, _AHEAD * max(1, threads)):
            yield future.result()
            future.release()  # type: ignore[no-untyped-call]

    with client:
        yield mapping
