"""Whole processes, measured by the operating system's own accounts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Cost", "run", "run_in_turn"]


@dataclass(frozen=True, slots=True)
class Cost:
    """One finished process: seconds on the clock, seconds of processor, peak memory of its largest process in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str | Path], cwd: Path) -> Cost:
    """What a command costs, start included. Raises CalledProcessError with its messages where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=talk)
    kilo = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / kilo)


def run_in_turn(
    ours: Sequence[str | Path], rival: Sequence[str | Path], cwd: Path, rounds: int = 3
) -> tuple[Cost, Cost]:
    """The medians of both commands, run A B A B so that a machine that changes its speed changes both."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        costs[0].append(run(ours, cwd))
        costs[1].append(run(rival, cwd))
    mine, theirs = (
        Cost(median(c.wall for c in side), median(c.cpu for c in side), max(c.memory for c in side)) for side in costs
    )
    return mine, theirs
