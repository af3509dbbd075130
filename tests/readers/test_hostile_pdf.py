"""PDF files made to harm cost a bounded time and a bounded memory, and are said to be what they are."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hostile_pdfs as hostile
import pytest

from gilint import NoticeKind
from gilint.annotation import NoCopyError
from gilint.annotation.pdf import annotated
from gilint.annotation.remarks import Remark
from gilint.document import Paragraph
from gilint.finding import Severity
from gilint.readers import read_document
from gilint.readers.limits import limit_notice
from gilint.readers.pdf import aside

REMARK = Remark(1, Severity.NOTE, "head", (), "", ())
LONGEST = aside.MAX_WAIT + 60.0
"""Seconds by the clock: what a busy machine may take, and to start."""


def limits(data: bytes) -> list[str]:
    return [notice.data["limit"] for notice in read_document(data).notices if notice.kind is NoticeKind.LIMIT]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: hostile.drawing_as_font(8), "MAX_STREAM_TEXT"),
        (hostile.one_drawing_again_and_again, "MAX_MEMORY|MAX_SECONDS"),
        (hostile.one_drawing_on_every_page, "MAX_OBJECTS|MAX_SECONDS"),
        (hostile.drawing_that_draws_itself, "MAX_MEMORY|MAX_SECONDS"),
        (hostile.large_object_stream, "MAX_STREAM_TEXT"),
    ],
    ids=["as-font", "again-and-again", "every-page", "draws-itself", "object-stream"],
)
def test_the_command_ends_in_time_and_names_the_bound(make: Callable[[], bytes], said: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(make())
    command = [sys.executable, "-m", "gilint", "check", str(path), "--select", "DOC005", "--format", "json", "--lang", "en"]
    ended = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    (report,) = json.loads(ended.stdout)["reports"]
    # How far it comes before it is ended depends on the machine, and so does whether further bounds are met.
    messages = [finding["message"] for finding in report["findings"] if finding["code"] == "DOC005"]
    assert any(limit in message for message in messages for limit in said.split("|"))
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "make",
    [
        lambda: hostile.drawing_with_ink(8),
        lambda: hostile.drawing_that_draws_itself(b"/Subtype 7 0 R"),
        hostile.one_drawing_again_and_again,
    ],
    ids=["with-ink", "draws-itself-unsaid", "again-and-again"],
)
def test_what_takes_too_long_is_ended(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "MAX_SECONDS", 1)
    started = time.perf_counter()
    assert limits(make()) == ["MAX_SECONDS"]
    assert time.perf_counter() - started < LONGEST / 2


def test_time_is_that_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not decide what is said of a document."""
    monkeypatch.setattr(aside, "MAX_SECONDS", 2)
    assert aside.run_aside("time", "sleep", 3) is None
    took = aside.run_aside("builtins", "eval", "sum(number for number in range(10**12))")
    assert took == aside.TookTooMuch(limit_notice("MAX_SECONDS", 2))


def test_nobody_waits_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "MAX_WAIT", 1)
    assert aside.run_aside("time", "sleep", 100) == aside.TookTooMuch(limit_notice("MAX_SECONDS", aside.MAX_SECONDS))


def test_memory_is_bounded_and_said_to_be_the_reason() -> None:
    took = aside.run_aside("builtins", "eval", "len(bytes(4 * 1024**3))")
    assert took == aside.TookTooMuch(limit_notice("MAX_MEMORY", aside.MAX_MEMORY))


@pytest.mark.parametrize("make", [hostile.much_drawn, hostile.drawing_that_draws_itself], ids=["refused", "ended"])
def test_what_exceeds_a_limit_gets_no_comments(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "MAX_SECONDS", 1)
    with pytest.raises(NoCopyError, match="超出限制"):
        annotated(make(), [REMARK], "zh")


def test_a_doubtful_file_is_annotated_all_the_same() -> None:
    copy = annotated(hostile.large_picture(b"d"), [REMARK], "zh")
    assert copy.count(b"/Highlight") == 1


@pytest.mark.parametrize("make", [hostile.deep_tree, hostile.deep_drawings])
def test_depth_does_not_matter(make: Callable[[], bytes]) -> None:
    assert read_document(make()).blocks == ()


def test_the_length_of_a_line_does_not_matter() -> None:
    started = time.process_time()
    blocks = read_document(hostile.one_endless_line(20_000)).blocks
    assert [block.text.count("a") for block in blocks if isinstance(block, Paragraph)] == [10_000, 10_000]
    assert time.process_time() - started < 5


@pytest.mark.parametrize("shade", [b"\x80", b"d"])
def test_a_large_picture_is_no_harm(shade: bytes) -> None:
    """It is read in a process of its own, since nobody unpacks it to see what it is; what is read is the same."""
    document = read_document(hostile.large_picture(shade), name="picture.pdf")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "words enough that nobody takes the page for a scan"
    ]
    assert (document.name, document.format, document.pictures, document.notices) == ("picture.pdf", "pdf", 1, ())
