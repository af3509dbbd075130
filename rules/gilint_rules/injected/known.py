"""Phrases that are on a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from gilint import Example, Finding, Phrase, PhraseRule, Report, Severity, Text, deferred, own_phrases, passages_of
from gilint_rules.injected.search import Finder, Match
from gilint_rules.injected.wording import HACKED, REMOVE, SITES

_GAP = 4
"""Characters between two phrases of one injected text: 中国竞彩网_明升体育-【唯一app官网】."""
_LONGEST_RUN = 200
_ENDS = frozenset("。；;！？\n")
_WORD = deferred(r"[\u3400-\u9fff]")
_FOUGHT = deferred(
    r"(?:查处|打击|整治|严禁|严查|取缔|防范|制售|侦破|涉嫌|抵制|清理|拦截|封堵|屏蔽|假冒|冒充|仿冒|名为|查获|捣毁|曝光|警惕|识别|举报|禁止|利用|通过)"
    r"[^。；;，,\n]{0,12}\Z"
)


def _small(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in words)


@define(eq=False, repr=False)
class InjectedPhrase(PhraseRule):
    """Words of gambling, pornography, promotion of apps, counterfeit documents or search engine spam."""

    code, name, severity = "INJ001", "injected-phrase", Severity.ERROR
    title = Text("混入外来推广文字", "Advertising text was injected")
    message = Text("文中混入{kind}类外来文字“{words}”。", "The text has words of {kind} in it: “{words}”.")
    suggestion = REMOVE
    rationale = HACKED
    source = SITES
    forms = ()
    examples = (
        Example(
            document="白石县教育局2022年政府信息公开工作年度报告\n一、总体情况\n认真落实省政府办公厅体球网,球探体育比分进一步加强政务公开工作的要求。\n",
            finds=((),),
        ),
        Example(
            document="白石县民政局2022年政府信息公开工作年度报告\n一、总体情况\n公开彩票公益金使用情况3条,配合公安机关查处“百家乐”赌博窝点1处。\n",
            note=Text("本职工作中的彩票、查处赌博，不算", "lotteries and the fight against gambling are the organ's own business"),
        ),
    )

    also: tuple[Phrase, ...] = field(
        default=(),
        converter=own_phrases,
        metadata={"doc": Text("另外要查的短语", "More phrases to look for")},
    )
    allowed: frozenset[str] = field(
        default=frozenset(),
        converter=_small,
        metadata={"doc": Text("不查的短语", "Phrases of the lists that are not looked for")},
    )

    _finder: Finder | None = field(default=None, init=False)

    def check(self, report: Report) -> Iterator[Finding]:
        """Look through everything that is printed; words next to each other are one injected text."""
        text = passages_of(report).text
        if self._finder is None:
            self._finder = Finder((*(phrase for phrase in self.phrases if phrase.words not in self.allowed), *self.also))
        for start, end, kind in _runs(text, self._finder.find(text)):
            if "【" in text[start:end] and text.startswith("】", end):
                end += 1
            if not _FOUGHT.search(text, max(start - 20, 0), start):
                yield self.find(
                    place=passages_of(report).place(start),
                    excerpts=[passages_of(report).excerpt(start, end)],
                    kind=kind.text,
                    words=text[start:end],
                )


def _runs(text: str, matches: Iterator[Match]) -> Iterator[Match]:
    """Join matches that stand close to each other within a sentence."""
    run: Match | None = None
    for match in matches:
        if run is not None and _is_one(text, run, match):
            run = Match(run.start, match.end, run.kind)
            continue
        if run is not None:
            yield run
        run = match
    if run is not None:
        yield run


def _is_one(text: str, run: Match, match: Match) -> bool:
    between = text[run.end : match.start]
    return len(between) <= _GAP and match.end - run.start <= _LONGEST_RUN and _ENDS.isdisjoint(between) and not _WORD.search(between)
