"""``gilint baseline``: after it nothing is found, in any layout of the same report; nothing that stands in a file is lost."""

from __future__ import annotations

import datetime
from pathlib import Path
from random import Random

import pytest
from command import gilint as command

import gilint
from gilint.baseline import Decision, WaiverFile
from gilint.forms import builtin_forms
from gilint.testing import LAYOUTS, MUTATORS, sample_draft, write, write_bytes

FORMS = {form.edition: form for form in builtin_forms()}
EVERY = sorted(name for name, layout in LAYOUTS.items() if not (layout.departs or layout.blanks_vanish))
# Which rows and cells are said to be missing, or which table is mixed, depends on what a layout leaves of the rest.
DEPENDS_ON_LAYOUT = {"column-removed", "editions-mixed", "blank-cell"}
FAULTS = sorted(set(MUTATORS) - DEPENDS_ON_LAYOUT)
DAY = datetime.date(2026, 6, 30)


def baseline(*paths: str) -> None:
    """Write ``w.toml`` in the working folder."""
    file = WaiverFile.open(Path("w.toml"), gilint.load_registry())
    batch = gilint.lint_all(paths, config={}, waivers=file.known, today=DAY, progress=False)
    list(file.extend(batch, Decision.make(None, None, None, "zh")))


def codes(source: bytes, waivers: object) -> set[str]:
    return {finding.code for finding in gilint.lint(source, config={}, waivers=waivers, today=DAY).findings}  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", sorted(FORMS))
@pytest.mark.parametrize("fault", sorted(MUTATORS))
def test_nothing_is_found_after_it(fault: str, edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for seed, layout in enumerate(("html", "text-markdown", "text-spaces", "html-word")):
        if layout in LAYOUTS and (mutant := MUTATORS[fault](sample_draft(FORMS[edition]), Random(seed))) is not None:
            Path(f"{layout}.html").write_text(write(mutant.draft, layout), encoding="utf-8")
    Path("page.html").write_text("<p>another page</p>")
    baseline(".")
    assert [
        (result.report.path, result.findings)
        for result in gilint.lint_all(["."], config={}, waivers="w.toml", today=DAY)
        if result.findings
    ] == []
    before = Path("w.toml").read_bytes()
    baseline(".")
    assert Path("w.toml").read_bytes() == before


@pytest.mark.parametrize("edition", sorted(FORMS))
@pytest.mark.parametrize("fault", FAULTS)
def test_another_layout_of_the_same_report_stays_waived(fault: str, edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mutant = MUTATORS[fault](sample_draft(FORMS[edition]), Random(3))
    if mutant is None:
        pytest.skip("the report has no place for this fault")
    Path("page.html").write_text(write(mutant.draft, "html"), encoding="utf-8")
    baseline("page.html")
    assert Path("w.toml").exists()
    for layout in EVERY[:: 1 + len(EVERY) // 12]:
        # What a layout has of its own, a correct report has in it too.
        own = codes(write_bytes(sample_draft(FORMS[edition]), layout), {})
        assert codes(write_bytes(mutant.draft, layout), "w.toml") <= own, layout


def test_what_is_written(tmp_path: Path) -> None:
    page = write(sample_draft("2021"), "text-markdown")
    for old, new in (("| (一)予以公开 |  | 8 | 3 | 0 | 0 | 0 | 0 | 11 |", "| (一)予以公开 |  | 8 | 3 | 0 | 0 | 0 | 0 | 999 |"),):
        assert old in page
        page = page.replace(old, new)
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    (tmp_path / "[1].txt").write_text("notes")
    ran = command("baseline", ".", "--by", "Li Si", "--reason", 'say "why"', "--until", "2027-06-30", "--lang", "en", cwd=tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "gilint: gilint-waivers.toml: 4 waivers added (4 errors, 0 warnings, 0 notes), 0 kept\n"
    end = 'reason = "say \\"why\\""\nby = "Li Si"\nuntil = 2027-06-30\n'
    whose = 'organ = "白石县商务局"\nyear = 2021\n'
    entries = [part.split("\n", 1)[1] for part in (tmp_path / "gilint-waivers.toml").read_text(encoding="utf-8").split("\n# ")[2:]]
    column = "0, 0, 0, 1, 0, 0, 0, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0"
    message = "No annual report on government information disclosure was recognised: it is a document of another kind."
    assert [entry.rstrip("\n") + "\n" for entry in entries] == [
        f'[[waiver]]\ncode = "DOC011"\npath = "[[]1].txt"\ntext = "{message}"\n{end}',
        f'[[waiver]]\ncode = "SUM001"\n{whose}cell = "applications.granted.total"\nvalue = [999, 8, 3, 0, 0, 0, 0]\n{end}',
        f'[[waiver]]\ncode = "SUM002"\n{whose}cell = "applications.total.total"\nvalue = [22, 999, 3, {column}]\n{end}',
        f'[[waiver]]\ncode = "VAL005"\n{whose}cell = ["applications.granted.total", "applications.total.total"]\nvalue = [999, 22]\n{end}',
    ]
    assert command("check", ".", cwd=tmp_path).status == 0
    assert command("check", ".", "--today", "2027-07-01", cwd=tmp_path).status == 1


@pytest.mark.parametrize(("old", "new"), [("999", "998"), ("| 8 | 3 | 0 |", "| 8 | 4 | 0 |"), ("| 8 | 3 | 0 |", "| 8 |  | 0 |")])
def test_another_mistake_in_the_same_cell_is_new(old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = write(sample_draft("2021"), "text-markdown").replace("| 8 | 3 | 0 | 0 | 0 | 0 | 11 |", "| 8 | 3 | 0 | 0 | 0 | 0 | 999 |", 1)
    Path("a.md").write_text(page, encoding="utf-8")
    baseline("a.md")
    assert command("check", "a.md", "--waivers", "w.toml", cwd=tmp_path).status == 0
    Path("a.md").write_text(page.replace(old, new, 1), encoding="utf-8")
    ran = command("check", "a.md", "--waivers", "w.toml", "--select", "SUM001", "--format", "json", cwd=tmp_path)
    assert [finding["code"] for finding in ran.data["reports"][0]["findings"]] == ["SUM001"]
    assert [each["cell"] for each in ran.data["unused_waivers"] if each["code"] == "SUM001"] == [["applications.granted.total"]]
    # Both may be accepted, each by what it says.
    baseline("a.md")
    assert [each.code for each in gilint.lint("a.md", config={}, waivers="w.toml", today=DAY).findings] == []


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("notes")
    (tmp_path / "b.txt").write_text("notes")
    mine = '# mine\n[[waiver]]\r\npath = "a.*"  # all\ncode = "DOC"\nreason = "x"\nby = "y"'
    file = tmp_path / "gilint-waivers.toml"
    file.write_bytes(mine.encode())
    assert (
        command("baseline", ".", cwd=tmp_path).err
        == "gilint: gilint-waivers.toml：新增豁免 1 项（错误 1 个、警告 0 个、提示 0 个），原有 1 项不变\n"
    )
    text = file.read_bytes().decode()
    assert text.startswith(mine + "\n\n# b.txt：错误 DOC011 ")
    assert command("baseline", ".", cwd=tmp_path).err == "gilint: gilint-waivers.toml：没有要登记的问题，未作改动\n"
    assert file.read_bytes().decode() == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select = ['SUM']\n", 'w.toml:1: select: unknown name "select"'),
        ("notes\n", "w.toml:1:6: not valid TOML"),
        (
            'waiver = [{code = "DOC", path = "x", reason = "x", by = "y"}]\n',
            "w.toml: cannot be added to: write what is there as [[waiver]]",
        ),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("notes")
    (tmp_path / "w.toml").write_text(text)
    ran = command("baseline", "a.txt", "--output", "w.toml", "--lang", "en", cwd=tmp_path)
    assert (ran.status, (tmp_path / "w.toml").read_text()) == (2, text)
    assert message in ran.err


def test_waivers_that_would_not_be_found_are_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "a.txt").write_text("notes")
    ran = command("baseline", "../in", "--lang", "en", cwd=tmp_path / "out")
    assert ran.err.endswith(
        "gilint: gilint-waivers.toml is not what documents in ../in are linted with: put it into that folder or one above, or use --waivers\n"
    )
    assert command("check", "../in", cwd=tmp_path / "out").status == 1
    assert command("check", "../in", "--waivers", "gilint-waivers.toml", cwd=tmp_path / "out").status == 0


def test_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("notes")
    ran = command("baseline", "a.txt", "--output", "-", cwd=tmp_path)
    assert 'path = "a.txt"' in ran.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]
    assert command("baseline", "a.txt", "--by", " ", "--lang", "en", cwd=tmp_path).err == "gilint: --by must not be empty\n"


def test_a_last_day_that_is_past_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("notes")
    call = ("baseline", "a.txt", "--output", "-", "--today", "2026-06-30", "--until")
    refused = command(*call, "2026-06-29", cwd=tmp_path)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "gilint: --until 2026-06-29 已经过去（今天是 2026-06-30），这样的豁免不会起作用\n"
    assert command(*call, "2026-06-29", "--lang", "en", cwd=tmp_path).err == (
        "gilint: --until 2026-06-29 is past (today is 2026-06-30); such waivers would accept nothing\n"
    )
    assert "until = 2026-06-30" in command(*call, "2026-06-30", cwd=tmp_path).out
