"""Turns what a title or group is said to be of, and the adjectives beside it, into the sector that it has."""

from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent

BODIES = frozenset({"REB", "OPP", "MIL", "COP", "PTY", "NGO", "MED"})
_AGAINST = frozenset({"REB", "UAF", "OPP", "PTY"})
_INSTITUTIONS = frozenset({"MIL", "COP", "LEG", "JUD", "NGO", "MED", "REL", "BUS"})
_YIELDING = frozenset({None, "GOV", "PTY", "MIL", "CVL", "UAF"})
_ADJECTIVES = (
    ("MIL", "military_adjective"),
    ("COP", "police_adjective"),
    ("JUD", "court_adjective"),
    ("LEG", "parliament_adjective"),
    ("GOV", "government_adjective"),
)


def _spelled(phrase: Phrase, tokens: Sequence[Token]) -> list[str]:
    """Returns the words of a phrase, bare and whole."""
    inside = tokens[phrase.start : phrase.end]
    return [*[token.word.bare for token in inside], *[token.text for token in inside]]


def has_word(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, name: str) -> bool:
    """Tells whether a word of a class stands in a phrase."""
    return not lexicon.words[name].isdisjoint(_spelled(phrase, tokens))


def sector_of_adjective(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Returns the sector that an adjective in a phrase tells (military, judicial)."""
    spelled = _spelled(phrase, tokens)
    for sector, name in _ADJECTIVES:
        if not lexicon.words[name].isdisjoint(spelled):
            return sector
    return None


def is_bare_rank(match: Match, lexicon: Lexicon) -> bool:
    """Tells whether a name is only a military rank, which may be a common word where nobody is named with it (the team)."""
    title = match.first("title")
    return title is not None and match.first("actor", "short", "group") is None and lexicon.titles[title.ref].sector == "MIL"


def _of_body(body: Referent, sector: str | None) -> str | None:
    """Returns the sector that a title or group has by the known body in its phrase."""
    told = body.kind != "person" and (sector is None or body.sector in ("REB", "PTY", "MED", "NGO"))
    if body.kind != "person" and body.code and body.code.startswith("IGO"):
        return body.code
    return body.sector if body.code and told else sector


def _opens_with(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, *names: str) -> bool:
    """Tells whether the words of a phrase up to the end of its first title or group contain one of a class."""
    end = phrase.names[0].end if phrase.names else phrase.head + 1
    return any(
        tokens[index].word.bare in lexicon.words[name] or tokens[index].text in lexicon.words[name]
        for index in range(phrase.start, end)
        for name in names
    )


def of_owner(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, sector: str | None, owner: str | None) -> str | None:
    """Returns the sector of members, leaders or forces of an owner of another sector (leaders of the rebels, men of the army)."""
    member, leader = (_opens_with(phrase, tokens, lexicon, name) for name in ("member_word", "leader_word"))
    delegates = _opens_with(phrase, tokens, lexicon, "authority")
    if owner in _AGAINST and (member or leader or delegates) and sector in _YIELDING:
        return owner
    if owner in _INSTITUTIONS and (member or delegates) and sector in (None, "GOV", "CVL", "REB", "PTY"):
        return owner
    return sector


def _inner_sector(phrase: Phrase, lexicon: Lexicon) -> str | None:
    """Returns the sector of the title or group that the first one in a phrase is of."""
    for match in phrase.names[1:]:
        group, title = match.first("group"), match.first("title")
        if group is not None and lexicon.groups[group.ref].sector is not None:
            return lexicon.groups[group.ref].sector
        if title is not None and not is_bare_rank(match, lexicon):
            return lexicon.titles[title.ref].sector
    return None


def _by_adjective(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Returns the sector that the adjective after a general word for people or authorities tells (military authorities)."""
    first = phrase.names[0]
    last = first.end
    if first.first("group") is None or last >= phrase.end or tokens[last - 1].word.bare not in lexicon.words["authority"]:
        return None
    text = {tokens[last].word.bare, tokens[last].text}
    return next((sector for sector, name in _ADJECTIVES if sector != "GOV" and text & lexicon.words[name]), None)


def of_opposition(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, sector: str | None) -> str | None:
    """Returns the opposition for a party, politician or minister that is said to belong to it."""
    against = sector in (None, "PTY", "GOV", "LEG") and has_word(phrase, tokens, lexicon, "opposition_word")
    return "OPP" if against else sector


def described_sector(
    phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, sector: str | None, body: Referent | None, former: bool
) -> str | None:
    """Returns the sector of a title or group that has `sector` by itself, by the known body in its phrase and the words beside it."""
    owner = _inner_sector(phrase, lexicon) if body is None else body.sector if body.kind != "person" else None
    own = sector if body is None else _of_body(body, sector)
    if own == sector:
        own = of_owner(phrase, tokens, lexicon, sector, owner)
    if body is None and own in ("GOV", "CVL"):
        own = _by_adjective(phrase, tokens, lexicon) or own
    own = of_opposition(phrase, tokens, lexicon, own)
    if own == "REL" and has_word(phrase, tokens, lexicon, "ruling_family"):
        own = "GOV"
    if former and own in ("GOV", "LEG", "MIL"):
        own = "PTY"
    return "REB" if own == "UAF" and has_word(phrase, tokens, lexicon, "insurgent_adjective") else own
