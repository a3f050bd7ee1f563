"""Names compared over spellings and scripts: Arabic and Latin letters as the sounds they share.

A skeleton keeps the consonants of a word in classes that both scripts can tell apart; vowels go,
but for one that a word begins with. «محمد», Mohamed and Muhammad are `mhmd`; «بلينكن» and Blinken
are `blnkn`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u06a4\u06af]")
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset("al el ul bin ben ibn ould de du da di van von der la le بن ابن ولد".split())
_SERVANT = frozenset({"عبد", "abd", "abdel", "abdul", "abdal"})  # the first half of a name
_SOUNDS = tuple(  # what Latin letters in a row sound like, in this order
    (written, spoken)
    for written, _, spoken in (
        pair.partition(">")
        for pair in (
            "x>ks chr>kr wr>r sch>s tsch>s tch>s sh>s ch>s kh>x gh>g dh>d th>t ph>f dj>g dg>g "
            "ck>k cqu>k qu>k ce>se ci>si cy>si ou>u"
        ).split()
    )
)
_LATIN = str.maketrans(
    {"p": "b", "v": "f", "q": "k", "c": "k", "z": "s", "j": "g", "w": "u", "y": "i"}
)
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("بپ", "b"),
        **dict.fromkeys("تثط", "t"),
        **dict.fromkeys("جغگ", "g"),
        **dict.fromkeys("دذض", "d"),
        **dict.fromkeys("زسشصظچ", "s"),
        **dict.fromkeys("فڤ", "f"),
        **dict.fromkeys("قك", "k"),
        **dict.fromkeys("حه", "h"),
        **dict.fromkeys("اع", "a"),
        "خ": "x",
        "ر": "r",
        "ل": "l",
        "م": "m",
        "ن": "n",
        "و": "u",
        "ي": "i",
        "ى": "i",
        "ة": None,
    }
)
_ALEF = str.maketrans("أإآٱىؤئ", "اااايوي")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_DROPPED = re.compile(r"[\u064b-\u0652\u0640ء]")
_SLAVIC = re.compile(r"(?<=v)ic$")
_VOWELS = frozenset("aeiou")
_SHORT = 3  # a skeleton below this length says too little by itself


def words(name: str) -> tuple[str, ...]:
    """The words of a name without particles and articles; «عبد الله» is one word."""
    folded = unicodedata.normalize("NFKC", name.casefold()).replace("عبدال", "عبد ال")
    bare = _DROPPED.sub("", _ARTICLE.sub("", folded)).translate(_ALEF)
    parted = unicodedata.normalize("NFKD", bare)
    plain = "".join(char for char in parted if not unicodedata.combining(char))
    found: list[str] = []
    servant = ""
    for word in _WORD.findall(plain):
        if word in _SERVANT:
            servant = word[:3]
        elif word not in _PARTICLES:
            found.append(servant + word)
            servant = ""
    return tuple(found) or tuple(_WORD.findall(plain))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a word as classes of sounds."""
    sounds = _arabic(word) if _ARABIC.match(word) else _latin(word)
    first = "a" if sounds[:1] in _VOWELS else sounds[:1]
    rest = "".join(char for char in sounds[1:] if char not in _VOWELS)
    rest = rest.rstrip("h") if len(rest) > 1 else rest
    return re.sub(r"(.)\1+", r"\1", first + rest)


def _arabic(word: str) -> str:
    return word.replace("تش", "ش").translate(_LETTERS)


def _latin(word: str) -> str:
    word = _SLAVIC.sub("is", word)
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return word.translate(_LATIN)


def script(text: str) -> str:
    """`ar` where a text, or a key made of it, has Arabic letters, else `la`."""
    return "ar" if _ARABIC.search(unquote(text)) else "la"


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as `words`, are spellings of one: given and family names both agree.

    A name of one word is like no other: a surname alone tells nobody apart.
    """
    if len(one) < 2 or len(other) < 2:
        return False
    if not (_same(one[0], other[0]) and _same(one[-1], other[-1])):
        return False
    short, long = sorted((one, other), key=len)
    if len(skeleton(one[0]) + skeleton(one[-1])) < _SHORT + 1:
        return len(short) == len(long) and all(map(_same, one, other))
    return all(any(_same(word, each) for each in long) for word in short)


def same_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one."""
    return _same(one, other)


@lru_cache(maxsize=65536)
def code(word: str) -> str:
    """What all spellings of a word share: the line of `given-names.txt`, else the skeleton."""
    lines = _given_names().get(word)
    return f"={min(lines)}" if lines else skeleton(word)


@lru_cache(maxsize=65536)
def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    lines, others = _given_names().get(one), _given_names().get(other)
    if lines and others:
        return not lines.isdisjoint(others)
    same_script = bool(_ARABIC.match(one)) == bool(_ARABIC.match(other))
    first, second = skeleton(one), skeleton(other)
    if first == second:
        return not same_script or len(first) >= _SHORT or _near(one, other)
    if not same_script or min(len(one), len(other)) < 5 or first[:1] != second[:1]:
        return False
    return _near(one, other)


def _near(one: str, other: str) -> bool:
    """Whether one sound more, less or other makes one word of the other."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def _plain(word: str) -> str:
    """The sounds of a word, vowels and all, none twice in a row."""
    sounds = _arabic(word) if _ARABIC.match(word) else _latin(word)
    return re.sub(r"(.)\1+", r"\1", sounds)


@cache
def _given_names() -> dict[str, frozenset[int]]:
    """The lines of `given-names.txt` that have a word; none of the words that stand nowhere."""
    path = Path(__file__).with_name("given-names.txt")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        for name in () if line.startswith("#") else line.split():
            for word in words(name):
                found.setdefault(word, set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}
