"""Builds again whenever something changes that kits are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from jdgen.build import Built, build_kits
from jdgen.load import is_path
from jdgen.problem import JdgenError, Problem
from jdgen.request import Request

_LOOK_AGAIN = 1_000
"""After how many milliseconds without a change it is looked whether a folder has come or gone."""
_GATHERED = 50
"""For how many milliseconds changes are gathered after the first, since editors write in several steps."""
_HIDDEN = (".", "~", "#")


def watch_kits(request: Request, told: Callable[[Built | JdgenError], None], stop: Event | None = None) -> None:
    """Builds at once, then whenever a spec, a template or a file beside them changes, until `stop` is set.

    `told` gets what each build came to, or what was wrong. Raises JdgenError if there is nothing to watch.
    """
    if not _folders(request):
        hint = "'jdgen init' makes a folder with specs of your own"
        raise JdgenError([Problem("watch.nothing", "there are no specs or templates of your own here", hint=hint)])
    told(_built(request))
    for _ in _changes(request, stop or Event()):
        told(_built(request))


def _built(request: Request) -> Built | JdgenError:
    try:
        return build_kits(request)
    except JdgenError as error:
        return error


def _folders(request: Request) -> list[Path]:
    """The folders that kits are made of, as far as they are there."""
    beside = [Path(role).parent for role in request.roles if is_path(role)]
    wanted = dict.fromkeys([request.library.own, request.templates, *beside])
    return [folder for folder in wanted if folder.is_dir()]


def _changes(request: Request, stop: Event) -> Iterator[None]:
    """Once for each change, or several in a row; also when a folder of templates or specs comes or goes."""
    while not stop.is_set():
        folders = _folders(request)
        if not folders:
            stop.wait(_LOOK_AGAIN / 1_000)
            continue
        changes = watch(
            *folders,
            watch_filter=lambda _, path: not Path(path).name.startswith(_HIDDEN),
            stop_event=stop,
            step=_GATHERED,
            rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        for change in changes:
            if change:
                yield
            if _folders(request) != folders:
                yield
                break
