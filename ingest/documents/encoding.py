"""From bytes to text: a byte order mark, then what is declared, strict UTF-8, then detection.

Nothing is replaced: bytes that can't be read make the input unfit. Text that an earlier program
read in the wrong encoding is recognised by its letter pairs («ط§ظ„», «Ã©») and refused too.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ingest.documents.model import Fate, Unfit

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x89PNG": "an image",
    b"GIF8": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
}
_SAMPLE = 1 << 16
_CANDIDATES = ["cp1256", "cp1252", "iso8859_6", "utf_8"]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_MANY = 0.05  # share of NULs or control characters above which bytes are no text

# A byte 0x80–0xBF as cp1256, cp1252 and Latin-1 show it: the second half of most letters in UTF-8.
_TAILS = {
    name: "".join(bytes([byte]).decode(name, "ignore") for byte in range(0x80, 0xC0))
    for name in ("cp1256", "cp1252", "latin-1")
}
_AS_CP1256 = re.compile(f"[طظ][{re.escape(_TAILS['cp1256'])}]")
_AS_LATIN = re.compile(f"[ÃÂØÙâ][{re.escape(_TAILS['cp1252'] + _TAILS['latin-1'])}]")
_LETTER = re.compile(r"[^\W\d_]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of a file's bytes, and a note where the encoding had to be detected.

    Raises Unfit for binary files, UTF-16 without a mark, and bytes that no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), None
    _refuse_binary(data)
    if declared and _is_known(declared) and not _is_utf8(declared):
        return _strictly(data, declared), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _detected(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unfit(f"not {encoding} as declared: byte {error.start} does not fit") from None


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    for start, name in _BINARY.items():
        if sample.startswith(start):
            raise Unfit(f"binary: {name}", Fate.SKIPPED)
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) * _MANY and min(even, odd) * 4 < max(even, odd):
        raise Unfit("looks like UTF-16 without a byte order mark: save it as UTF-8")
    strange = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if strange > len(sample) * _MANY:
        raise Unfit("binary: not text", Fate.SKIPPED)


def _detected(data: bytes) -> tuple[str, str]:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise Unfit("not UTF-8, and no other encoding fits: save it as UTF-8")
    text = _strictly(data, best.encoding)
    return text, f"read as {best.encoding}, which was detected: declare it or save it as UTF-8"


def clean(text: str) -> tuple[str, str | None]:
    """The text without control characters and a leading mark, and a note where there were any.

    Offsets count in what is left. Raises Unfit for lone surrogates and for text that was read in a
    wrong encoding.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unfit(f"half a character (a lone surrogate) at {error.start}") from None
    _refuse_misread(text)
    kept, count = _CONTROL.subn("", text.removeprefix("\ufeff"))
    return kept, f"{count} control characters taken out" if count else None


def _refuse_misread(text: str) -> None:
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample)) or 1
    if len(_AS_CP1256.findall(sample)) > letters * 0.2:
        raise Unfit("UTF-8 that was read as Windows-1256 («ط§ظ„»): take the text from its source")
    pairs = len(_AS_LATIN.findall(sample))
    if pairs > 1 and pairs > letters * 0.01:
        raise Unfit("UTF-8 that was read as Windows-1252 («Ã©»): take the text from its source")
