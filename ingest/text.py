"""Text as the engine reads it: folded for matching, cut in tokens and sentences, offsets kept.

Folding is what makes spellings of one word equal: Arabic alef, yaa, taa marbuta and hamza seats,
diacritics, tatweel, presentation forms, digits of three scripts, quotation marks, Latin accents.
Letter case is kept (names need it). All offsets are code points; `Text.span` leads from the
folded text back to the text as ingested.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

_ONE_TO_ONE = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ة": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ک": "ك",
    "ؤ": "و",
    "ئ": "ي",
    "گ": "ك",
    "ڤ": "ف",
    "ڨ": "ق",
    "پ": "ب",
    "چ": "ج",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٫": ".",
    "٬": ",",
    **dict.fromkeys("“”„‟«»″❝❞", '"'),
    **dict.fromkeys("’‘‛′`´ʼ", "'"),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\t", " "),
    **{chr(0x660 + n): str(n) for n in range(10)},
    **{chr(0x6F0 + n): str(n) for n in range(10)},
}
_DROPPED = (
    "".join(
        chr(code)
        for span in (
            (0x0300, 0x036F),  # combining Latin marks
            (0x0610, 0x061A),
            (0x064B, 0x065F),  # harakat, tanwin, shadda, sukun, combining hamza
            (0x06D6, 0x06DC),
            (0x06DF, 0x06E8),
            (0x06EA, 0x06ED),
            (0x200B, 0x200F),  # zero width, bidi marks
            (0x202A, 0x202E),
            (0x2060, 0x206F),
            (0xFE00, 0xFE0F),  # variation selectors
        )
        for code in range(span[0], span[1] + 1)
    )
    + "ـ\u0670\u00ad\ufeff\u061c"
)


def _latin_bases() -> dict[str, str]:
    """Latin letters with marks → their base letter, where that is one letter."""
    bases = {}
    for code in range(0x00C0, 0x0250):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            bases[chr(code)] = base
    return bases | {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ᵉ": "e"}


def _expansions() -> dict[str, str]:
    """Letters that stand for several: Arabic presentation forms, ligatures."""
    table = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "…": "...", "№": "no"}
    for code in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            table[chr(code)] = "".join(_ONE_TO_ONE.get(c, c) for c in plain if c not in _DROPPED)
    return table


_EXPANDED = _expansions()
_SAME_LENGTH = _ONE_TO_ONE | _latin_bases()
_CHANGES = re.compile(f"[{re.escape(''.join(_SAME_LENGTH))}]")
_CHANGES_LENGTH = re.compile(f"[{re.escape(_DROPPED)}{re.escape(''.join(_EXPANDED))}]")


_TATWEEL_DASH = (" ـ ", " - ")  # the stretching stroke alone, as outlets of the Gulf put a dash


def _same_length(text: str) -> str:
    """The text with letters put for others; what is put for one is never itself changed."""
    for letter in set(_CHANGES.findall(text)):  # a dozen: far cheaper than to translate each letter
        text = text.replace(letter, _SAME_LENGTH[letter])
    return text


def fold(text: str) -> str:
    """The text with spellings made equal; its length may differ (see `Text`)."""
    if _CHANGES_LENGTH.search(text):
        text = text.replace(*_TATWEEL_DASH)
        text = _CHANGES_LENGTH.sub(lambda m: _EXPANDED.get(m.group(), ""), text)
    return _same_length(text)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its folded form; `starts` maps folded to original offsets, None where equal."""

    original: str
    folded: str
    starts: array[int] | None = None

    @classmethod
    def of(cls, original: str) -> Text:
        """Fold a text, keeping the way back."""
        if not _CHANGES_LENGTH.search(original):
            return cls(original, _same_length(original))
        told = original.replace(*_TATWEEL_DASH)
        starts = array("l")
        kept: list[str] = []
        position = 0
        for change in _CHANGES_LENGTH.finditer(told):
            kept.append(told[position : change.start()])
            starts.extend(range(position, change.start()))
            expansion = _EXPANDED.get(change.group(), "")
            kept.append(expansion)
            starts.extend([change.start()] * len(expansion))
            position = change.end()
        kept.append(told[position:])
        starts.extend(range(position, len(told) + 1))
        return cls(original, _same_length("".join(kept)), starts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original for a non-empty half-open span of the folded text."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end - 1] + 1


# Arabic words first: they are most of the text. Latin elisions and possessives are words of their
# own; hyphens inside words part them silently; addresses and handles stay whole.
_TOKENS = re.compile(
    r"([\u0621-\u064a]+(?!\w)"
    r"|https?://\S+|pic\.twitter\.com/\S+|[\w.+-]+@[\w-]+\.\w+|[@#]\w+"
    r"|\d+(?:[.,]\d+)+(?!\w)"
    r"|(?:[A-Z]\.){2,}(?!\w)"
    r"|\b(?:[ldjmtsncLDJMTSNC]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu)'(?=\w|\Z)"
    r"|'s\b"
    r"|[^\W_]+"
    r"|\n|[^\w\s])"
)
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words, numbers and marks of a text: parallel lists of offsets (folded) and forms."""

    starts: list[int]
    ends: list[int]
    forms: list[str]

    def __len__(self) -> int:
        return len(self.forms)


def _form(word: str) -> str:
    """The form of a word in a script that has case: Arabic words are their own."""
    if word[-1] == "." and ":" not in word:  # U.S. is US; an address keeps its dots
        word = word.replace(".", "")
    return word.lower() or "."


def tokens(text: Text) -> Tokens:
    """The tokens of a text, in order; newlines are tokens, hyphens inside words are not."""
    folded = text.folded
    spaced = _INNER_HYPHEN.sub(" ", folded) if "-" in folded else folded
    pieces = _TOKENS.split(spaced)  # what is between, a token, what is between, …
    bounds = [*accumulate(map(len, pieces))]
    starts, ends, words = bounds[:-1:2], bounds[1::2], pieces[1::2]
    if "\n" in words and _is_wrapped(folded):
        kept = [index for index, word in enumerate(words) if word != "\n"]
        starts, ends = [starts[index] for index in kept], [ends[index] for index in kept]
        words = [words[index] for index in kept]
    forms = [word if word >= "\u0621" else _form(word) for word in words]
    if "ى" in text.original:
        _keep_final_yaa(text, ends, forms)
    return Tokens(starts, ends, forms)


# على (on) and علي (Ali) would fold alike: the preposition keeps its final letter.
_KEEP_FINAL_YAA = {"علي": "على", "وعلي": "وعلى", "فعلي": "فعلى"}


def _keep_final_yaa(text: Text, ends: list[int], forms: list[str]) -> None:
    for index in [index for index, form in enumerate(forms) if form in _KEEP_FINAL_YAA]:
        last = ends[index]
        if text.original[text.span(last - 1, last)[0]] == "ى":
            forms[index] = _KEEP_FINAL_YAA[forms[index]]


@lru_cache(maxsize=65536)
def forms(phrase: str) -> tuple[str, ...]:
    """The token forms of a lexicon phrase, folded like any text."""
    if phrase.isalpha() and phrase.isascii():
        return (phrase.lower(),)
    return tuple(tokens(Text.of(phrase)).forms)


def agrees(word: str, after: str) -> bool:
    """Whether «للجنة» has an article: what follows agrees, as «العليا» does, not «التنسيق»."""
    if not after.startswith("ال") or word.endswith(("ته", "تها")) or after in _OWNERS:
        return False
    return not word.endswith("ه") or after.endswith(("ه", "ا", "الكبري"))


# What a commission is of, by nouns that end as adjectives do: «لجنة المتابعة».
_OWNERS = frozenset(
    "المتابعه الصداقه المصالحه المراقبه المساعده الطاقه الصحه الهجره التجاره".split()
)


_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st sem gen lt col brig maj adm capt cmdr sgt sen rep gov prof hon amb sec min no"
    " vs jr sr m mm mme mlle me pr jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd"
    " art جي تي دي ار اف اتش دبليو جيه كيه ايه".split()  # letters of names as they are spoken
)
_ENDERS = frozenset(".!?\n")
_CLOSERS = frozenset("\"')]")


_LONGEST = 600  # tokens: what goes on without a stop is a list, or no text at all
_LINES_TO_JUDGE = 5
_SHARE_OPEN = 0.6
_BULLETS = "-–—•*"  # begin a line of a list


def _is_wrapped(folded: str) -> bool:
    """Whether lines were broken for width: most of them end in the middle of a sentence."""
    lines = [line.rstrip() for line in folded.split("\n") if line.strip()]
    unfinished = sum(
        line[-1] not in '.!?:"' and after.lstrip()[0] not in _BULLETS
        for line, after in pairwise(lines)
    )
    return (
        len(lines) > _LINES_TO_JUDGE
        and unfinished > _SHARE_OPEN * (len(lines) - 1)
        and "\n\n" not in folded
    )


def _ends_sentence(marks: Tokens, index: int, folded: str, wrapped: bool) -> bool:
    form, start = marks.forms[index], marks.starts[index]
    if form == "\n" and wrapped:
        return False
    if form != "." or index == 0 or marks.ends[index - 1] != start:
        return True
    before = marks.forms[index - 1]
    if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return False
    after = folded[start + 1 : start + 2]
    return not (after.isascii() and after.isalnum() and before[-1].isascii())


def sentences(marks: Tokens, folded: str) -> list[tuple[int, int]]:
    """The sentences as half-open runs of tokens; closing quotes stay with what they close."""
    runs = []
    first = index = 0
    count = len(marks)
    wrapped = _is_wrapped(folded)
    forms = marks.forms
    while index < count:
        ender = forms[index] in _ENDERS and _ends_sentence(marks, index, folded, wrapped)
        index += 1
        if not ender and index - first <= _LONGEST:
            continue
        while (
            index < count
            and forms[index] in _CLOSERS
            and marks.starts[index] == marks.ends[index - 1]
        ):
            index += 1
        if index - first > 1:
            runs.append((first, index))
        first = index
    if first < count:
        runs.append((first, count))
    return runs
