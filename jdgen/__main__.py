"""`jdgen`, and `python -m jdgen`: what was said last time if nothing has changed since, else the command line."""

from __future__ import annotations

import gc
import sys

from jdgen.recall import recalled


def main() -> None:
    """Runs the command line."""
    found = recalled(sys.argv[1:])
    if found is None:
        gc.set_threshold(50_000)  # to look again and again through all that is imported takes a tenth of a short build
        from jdgen.cli import main as run  # noqa: PLC0415 - typer alone takes longer than all that is done here

        run()
        return
    out, err = found
    try:
        sys.stdout.write(out)
        sys.stdout.flush()
    except BrokenPipeError:  # a reader that stops reading, such as `head`, is no error
        sys.stderr.close()
        return
    sys.stderr.write(err)


if __name__ == "__main__":
    main()
