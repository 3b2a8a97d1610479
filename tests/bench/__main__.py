"""`python -m tests.bench [--only PART] [--quick]`: runs the parts one after another."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping

from tests.bench import (
    accept_path,
    estimation,
    files,
    first_visit,
    rating,
    scale,
    submissions,
    tabulation,
)
from tests.bench.tables import say, say_machine

PARTS: Mapping[str, Callable[[bool], None]] = {
    "first-visit": first_visit.run,
    "accept-path": accept_path.run,
    "tabulation": tabulation.run,
    "submissions": submissions.run,
    "estimation": estimation.run,
    "files": files.run,
    "scale": scale.run,
    "rating": rating.run,
}


def main() -> None:
    """Run the chosen parts; the figures go to standard output as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="run this part alone")
    parser.add_argument("--quick", action="store_true", help="short runs: a look, not a figure")
    arguments = parser.parse_args()
    # As an exception, so that the servers that a part has started are stopped as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name in [arguments.only] if arguments.only else PARTS:
        say(f"\n## {name}{' (quick)' if arguments.quick else ''}\n")
        say_machine()
        PARTS[name](arguments.quick)


if __name__ == "__main__":
    main()
