"""The text of paragraphs."""

from __future__ import annotations

from gilint.readers.docx.names import BR, CR, DROP_DOWN, LEVEL, MATH_TEXT, NO_BREAK_HYPHEN, NUM_ID, PTAB, SYM, TAB, VAL, P, R, T, w
from gilint.readers.docx.numbering import Counter
from gilint.readers.docx.package import Element
from gilint.readers.docx.story import Story
from gilint.readers.docx.styles import whole_number

_UNKNOWN_SIGN = "□"
_PRIVATE = range(0xE000, 0xF900)
_CHAR, _FONT = w("char"), w("font")
_SIGNS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xB2: "✧", 0xD8: "➢",
        0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", **{0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
        **{0x8B + number: sign for number, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0xA3: "□", 0x2A: "□"},
    "symbol": {0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xA3: "≤", 0x2D: "−", 0x2B: "+"},
}  # fmt: skip
_FIXED = {PTAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "-"}
_READ = (P, T, TAB, SYM, MATH_TEXT, DROP_DOWN, *_FIXED)
_TEXT = (T, MATH_TEXT)


def texts_of(story: Story, counter: Counter) -> dict[Element, str]:
    """Return the text of every paragraph of a part with its number, lines apart; soft hyphens and instructions of fields are not in it."""
    pieces: dict[Element, list[str]] = {}
    roots = [story.root, *(box for boxes in story.boxes.values() for box in boxes)]
    for root in roots:
        current: list[str] = []
        for node in root.iter(*_READ):
            tag = node.tag
            if tag in _TEXT:
                if node.text:
                    current.append(node.text)
            elif tag == P:
                current = pieces[node] = []
            elif tag in _FIXED:
                current.append(_FIXED[tag])
            else:
                current.append(_special(node, tag))
    _join(story, pieces)
    texts = {paragraph: "".join(parts) for paragraph, parts in pieces.items()}
    numbers = {style: story.styles.named(style).number for style in {*story.style_of.values()}}
    if story.numbered or any(numbers.values()) or story.styles.default.number:
        _number(story, counter, texts)
    return texts


def _number(story: Story, counter: Counter, texts: dict[Element, str]) -> None:
    """Put the numbers that Word generates in front of the texts."""
    joined = set(story.joined)
    for paragraph, text in texts.items():
        own, style = story.numbered.get(paragraph), story.style(paragraph)
        number, level = style.number, style.level
        if own is not None:
            own_number, own_level = whole_number(own.find(NUM_ID)), whole_number(own.find(LEVEL))
            number = number if own_number is None else own_number
            level = own_level if own_level is not None else level if own_number is None else 0
        if number and paragraph not in joined:
            label = counter.label(number, level, story.style_of.get(paragraph, ""))
            if label:
                texts[paragraph] = label + text.lstrip()


def _special(node: Element, tag: str) -> str:
    if tag == TAB:
        parent = node.getparent()  # in the properties of a paragraph it is a stop
        return "\t" if parent is not None and parent.tag == R else ""
    if tag == SYM:
        return _sign(node.get(_CHAR, ""), node.get(_FONT, ""))
    return _chosen(node) if tag == DROP_DOWN else ""


def _sign(code: str, font: str) -> str:
    """Return the character for a sign of a font whose signs are numbered; such numbers lie in the private area, or below 256."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _PRIVATE:
        number &= 0xFF
    elif number > 0xFF:
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else _UNKNOWN_SIGN
    signs = _SIGNS.get(font.lower())
    if signs is None:
        return _UNKNOWN_SIGN
    return signs.get(number) or (chr(number) if number < 0x7F and font.lower() == "symbol" and chr(number).isdigit() else _UNKNOWN_SIGN)


def _chosen(drop_down: Element) -> str:
    """Return the entry of an old drop-down field that is shown."""
    entries = [entry.get(VAL, "") for entry in drop_down.iterchildren(w("listEntry"))]
    result = drop_down.find(w("result"))
    index = result.get(VAL, "0") if result is not None else "0"
    return entries[int(index)] if len(index) < 4 and index.isdecimal() and int(index) < len(entries) else ""


def _join(story: Story, pieces: dict[Element, list[str]]) -> None:
    """Let the next paragraph go on with the text of one whose mark is deleted."""
    for paragraph in story.joined:
        following = paragraph.getnext()
        if following is not None and following in pieces and pieces.get(paragraph):
            joined = pieces[paragraph]
            joined.extend(pieces[following])
            pieces[following], pieces[paragraph] = joined, []
