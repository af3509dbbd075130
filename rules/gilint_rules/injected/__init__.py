"""INJ: text that is not the organ's own, put in by intruders or by sites that copy its pages."""

from __future__ import annotations

from pathlib import Path

from gilint import Rule, hookimpl
from gilint_rules.injected.characters import InvisibleCharacters, PinyinInBrackets
from gilint_rules.injected.hidden import HiddenAdvertising
from gilint_rules.injected.known import InjectedPhrase
from gilint_rules.injected.links import ForeignLink
from gilint_rules.injected.titles import TitleSubstituted


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (InjectedPhrase, TitleSubstituted, PinyinInBrackets, InvisibleCharacters, HiddenAdvertising, ForeignLink)


@hookimpl
def gilint_phrases() -> tuple[str, ...]:
    """Return the list of phrases that gilint knows."""
    return (Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8"),)
