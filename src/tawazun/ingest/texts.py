"""Turns bytes into text, whatever encoding Arabic is stored in, and refuses what isn't text."""

import codecs
import re

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.scripts import count_articles

SIZE_LIMIT = 4 * 2**20
"""Is how many bytes one article may have."""

_MAGIC = {
    b"%PDF": "a PDF; save its text as a .txt file first",
    b"PK\x03\x04": "a zip archive or an office document; save its text as a .txt file first",
    b"\xd0\xcf\x11\xe0": "an old office document; save its text as a .txt file first",
    b"{\\rtf": "an RTF document; save its text as a .txt file first",
    b"\x1f\x8b": "compressed; only .jsonl.gz and .warc.gz are read as they are, unpack anything else first",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ["cp1256", "iso8859_6", "cp720", "mac_arabic", "cp864"]
_SAMPLE = 2**16
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DAMAGED_SHARE = 0.02
_MISREAD = re.compile("[\u0080-\u024f\u2500-\u25ff\ufffd]")
_ASCII = bytes(range(128))


class Decoded(msgspec.Struct, frozen=True):
    """Is a text with the encoding that it was stored in and how many damaged characters were replaced by U+FFFD."""

    text: str
    encoding: str
    damaged: int


def mend(text: str) -> str:
    """Replaces lone surrogates, which no encoding can store, by U+FFFD, one for one."""
    return _SURROGATES.sub("\ufffd", text) if _SURROGATES.search(text) else text


def too_large(where: str, size: int | None = None, limit: int = SIZE_LIMIT) -> InputError:
    """Makes the error for an article above the limit."""
    found = f"{size / 2**20:.0f} MB" if size is not None else "more"
    return InputError(f"{where}: {found}, at most {limit // 2**20} MB are read as one article; split it")


def decode_text(data: bytes, where: str, declared: str | None = None, limit: int = SIZE_LIMIT) -> Decoded:
    """Decodes the bytes of one article or page; `declared` is the encoding that the page or its server names, tried before guessing.

    Raises `InputError` where `data` is empty, too large, binary, or in an encoding that no Arabic comes out of.
    """
    if not data.strip():
        raise InputError(f"{where}: empty; give an article's text")
    if len(data) > limit:
        raise too_large(where, len(data), limit)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{where}: {kind}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding)
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return _decode(data, wide)
    if len(_CONTROLS.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) // 500 or b"\0" in data:
        raise InputError(f"{where}: binary, not text; give a .txt, .html or .jsonl file")
    return _decode_bytes(data, where, declared)


def _wide_encoding(sample: bytes) -> str | None:
    """Tells UTF-16 without a byte order mark by the high bytes that Arabic and ASCII have in it."""
    half = len(sample) // 2
    if not half:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if (high.count(0) + high.count(6)) > 0.8 * half:
            return encoding
    return None


def _decode(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))
    mended = mend(text)
    return Decoded(mended, encoding, 0 if mended is text else len(_SURROGATES.findall(text)))


def _decode_bytes(data: bytes, where: str, declared: str | None) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        utf8 = _decode(data, "utf-8")
    letters = len(data.translate(None, _ASCII)) // 2
    if letters > 8 and utf8.damaged <= max(1, _DAMAGED_SHARE * letters):
        return utf8
    if declared and _is_arabic_encoding(declared):
        return _decode(data, declared)
    encoding = _guess(data)
    if encoding is None:
        raise InputError(f"{where}: neither UTF-8 nor UTF-16 nor windows-1256; convert it to UTF-8")
    return _decode(data, encoding)


def _is_arabic_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name).name.replace("-", "_") in {codecs.lookup(known).name.replace("-", "_") for known in _ONE_BYTE}
    except LookupError:
        return False


def _guess(data: bytes) -> str | None:
    """Finds the one-byte encoding in which the lines that aren't plain ASCII look like Arabic; where in doubt windows-1256."""
    from charset_normalizer import from_bytes

    lines = [line for line in data[: 4 * _SAMPLE].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE] or data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_ONE_BYTE).best()
    if best is None:
        return None
    common = _ONE_BYTE[0]
    in_common, in_best = (_fitness(sample.decode(name, "replace")) for name in (common, best.encoding))
    return common if in_common >= in_best else best.encoding


def _fitness(text: str) -> int:
    """Rates a decoding by its words with the Arabic article against its letters of the wrong alphabet."""
    return count_articles(text) - len(_MISREAD.findall(text))
