"""The benchmark runs and prints every table; what it measures is for people to read, never asserted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent / "benchmarks" / "speed.py"


def test_the_benchmark_prints_ratios() -> None:
    done = subprocess.run(
        [sys.executable, BENCHMARK, "--quick"], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    lines = dict(re.findall(r"^\| ([^|]+) \| ([\d.e+]+) \|", done.stdout, re.MULTILINE))
    assert float(lines["selectolax parse"]) == 1
    assert {"full lint", "read", "recognise", "rules", "equations alone", "JSON of the result", "gilint check one.html"} <= lines.keys()
    assert re.search(r"^### Rules, \d+ of them", done.stdout, re.MULTILINE)
    assert all(float(ratio) > 0 for ratio in lines.values())


def test_the_benchmark_of_repairs_prints_ratios() -> None:
    command = [sys.executable, BENCHMARK.with_name("repair.py"), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = dict(re.findall(r"^\| ([^|]+) \| ([\d.e+-]+) \|", done.stdout, re.MULTILINE))
    assert {"1 wrong cell", "2 wrong cells", "3 wrong cells", "4 wrong cells", "too many (12)"} <= lines.keys()
    assert "errorlocate" in done.stdout
