"""Runs commands that it is told, one by one, and tells what each took; a small process of its own.

Linux counts what the process that starts another takes as memory of the other, too, so whoever starts
one to measure it must be small. A line in: words, folder, environment, the file for errors. A line
out: seconds, seconds of CPU, KiB, exit code.
"""

import json
import os
import sys
import time

for line in sys.stdin:
    words, folder, environment, errors = json.loads(line)
    os.chdir(folder)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    start = time.perf_counter()
    try:
        process = os.posix_spawnp(words[0], words, environment, file_actions=actions)
    except OSError as error:
        with open(errors, "w") as file:
            file.write(f"{words[0]}: {error.strerror}")
        print("[0, 0, 0, 127]", flush=True)
        continue
    _, status, usage = os.wait4(process, 0)
    took = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    print(json.dumps([took, cpu, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]), flush=True)
