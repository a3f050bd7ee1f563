"""Likeness: whether two names of one document can be of one person."""

from __future__ import annotations

_ARTICLE = "ال"
SERVANT = "عبد"  # which makes one given name of two words: «عبد الله»
SON = frozenset({"بن", "ابن", "ولد", "bin", "ben", "ibn"})
_HOUSES = frozenset({"al", "آل"})
_ARTICLES = frozenset({"al", "el"})
_LONG, _GIVEN, _ALONE = 6, 5, 9  # letters of names of which one may be written wrong
_INNER = 5  # letters of a word inside a name by which somebody may be called

Name = tuple[str, ...]


def bare(word: str) -> str:
    """A word without the Arabic article."""
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word


def _own_name(name: Name) -> Name:
    """The name before the father's; empty where no father is named, or nothing stands before."""
    return next((name[:index] for index, word in enumerate(name) if word in SON), ())


def is_of_house(name: Name) -> bool:
    """Whether a given name alone can stand for a name: “Tamim bin …”, “Saud Al-Faisal”."""
    return len(name) > 1 and (name[1] in SON or name[1] in _HOUSES)


def _core(name: Name) -> Name:
    """A name without articles, of which one report writes two: “El-Sisi”, “al-Sisi”."""
    return (*(bare(word) for word in name[:-1] if word not in _ARTICLES), bare(name[-1]))


def same_person(one: Name, other: Name) -> bool:
    """Whether two names of one document are of one person: the shorter's words end the longer."""
    if _own_name(one) and _own_name(other) and _own_name(one) != _own_name(other):
        return False
    short, long = sorted((_core(one), _core(other)), key=len)
    if short[-1] != long[-1]:
        return set(short) <= set(long) and len(short) > 1
    return all(word in long or _is_initial(word, long) for word in short)


def _is_initial(word: str, name: Name) -> bool:
    """Whether a letter stands for a word of a name: “N. P. Saud” is “Narayan Prakash Saud”."""
    return len(word) == 1 and word.isascii() and any(known[0] == word for known in name[:-1])


def is_initials(name: Name, known: Name) -> bool:
    """Whether one word is the first letters of a name met before: “IBK”, “MBS”."""
    return len(name) == 1 and len(known) > 2 and name[0] == "".join(word[0] for word in known)


def is_within(name: Name, known: Name) -> bool:
    """Whether a Latin word alone stands inside a fuller name: “Oligui” of “Brice Oligui Nguema”."""
    inner = len(name) == 1 and len(name[0]) >= _INNER and name[0].isascii()
    return inner and name[0] in known[1:-1]


def begins(one: Name, other: Name) -> bool:
    """Whether the longer name begins with the shorter, and with more than a given name."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 + (short[0] == SERVANT) and long[: len(short)] == short


def alike(one: str, other: str) -> bool:
    """Whether two spellings may be of one given name: «ميشال» and «ميشيل», not «محمد»."""
    shared = len(set(one) & set(other))
    return one[0] == other[0] and 2 * shared >= min(len(set(one)), len(set(other)))


def is_misspelt(one: Name, other: Name) -> bool:
    """Whether a letter too many, too few or other parts two names: “Ghazouani”, “Ghazaouani”."""
    short, long = sorted((one, other), key=len)
    if one == other or not _one_letter_apart(short[-1], long[-1], _LONG):
        return False
    if len(short) == 1:
        return len(short[0]) >= _ALONE
    return all(
        any(_one_letter_apart(word, known, _GIVEN) for known in long[:-1]) for word in short[:-1]
    )


def _one_letter_apart(one: str, other: str, least: int) -> bool:
    """Whether two words are equal, or long and alike from their beginning but for one letter."""
    short, long = sorted((one, other), key=len)
    if one == other or len(short) < least or len(long) - len(short) > 1:
        return one == other
    same = (a == b for a, b in zip(short, long, strict=False))
    at = next((index for index, equal in enumerate(same) if not equal), len(short))
    return at > 1 and long[at + 1 :] in (short[at:], short[at + 1 :])


def resembles(name: Name, known: Name) -> bool:
    """Whether a name is another one misspelt, its first letters, or a word inside it."""
    return is_misspelt(name, known) or is_initials(name, known) or is_within(name, known)
