"""Turns `world/` and the lists of titles, groups and nationalities into records."""

import re
from typing import Any, cast

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, nearest, parse_tsv, words_of
from tawazun.model.names import ACTOR_KINDS, ActorKind, Country, Group, KnownActor, Nationality, Office, Place, Title

ACTOR_KEYS = (
    "id",
    "kind",
    "ar",
    "short",
    "ambiguous",
    "en",
    "wikidata",
    "country",
    "code",
    "roles",
    "parent",
    "from",
    "to",
    "source",
    "must",
    "must_not",
)
ROLE_KEYS = ("title_ar", "title_en", "code", "from", "to")
SECTORS = ("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "MED", "BUS", "CVL", "REF", "NGO", "REL", "UAF")
_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
_CODE = re.compile(r"^((IGO(\.(UNO|NATO|EU|LAS|AU|GCC|OIC|IAEA|WHO|IMF))?)|[A-Z]{3}(\.(%s))?|(%s))$" % (("|".join(SECTORS),) * 2))
_QID = re.compile(r"^Q[1-9]\d*$")


def split(cell: str) -> tuple[str, ...]:
    """Splits a cell of variants at `|`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip() and part.strip() != "-")


def _date(block: Block, key: str) -> str | None:
    value = block.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not _DATE.match(value):
        raise fail(block.path, block.line, f"{key}: a date is written YYYY, YYYY-MM or YYYY-MM-DD, not {value!r}")
    return value


def _code(block: Block, value: Any) -> str | None:
    if value is None:
        return None
    for part in str(value).split("+"):
        if not _CODE.match(part):
            raise fail(
                block.path, block.line, f"unknown code {part!r}: ISO 3166 alpha-3 with a sector ({', '.join(SECTORS)}), or IGO with a body"
            )
    return str(value)


def _office(block: Any, owner: Block) -> Office:
    if not isinstance(block, Block):
        raise fail(owner.path, owner.line, "roles is a list of mappings")
    check_keys(block, ROLE_KEYS)
    since, until = _date(block, "from"), _date(block, "to")
    if since and until and until[: len(since)] < since[: len(until)]:
        raise fail(block.path, block.line, f"the office ends ({until}) before it begins ({since})")
    code = _code(block, block.get("code"))
    if code is None:
        raise fail(block.path, block.line, "the office has no code")
    return Office(title_ar=block.get("title_ar", ""), title_en=block.get("title_en", ""), code=code, since=since, until=until)


def read_actor(block: Block) -> KnownActor:
    """Reads one actor block."""
    check_keys(block, ACTOR_KEYS)
    for key in ("id", "kind", "ar", "en"):
        if key not in block:
            raise fail(block.path, block.line, f"the actor has no {key!r}")
    if not words_of(block["ar"], block, "ar"):
        raise fail(block.path, block.line, "the actor has no Arabic name")
    kind = block["kind"]
    if kind not in ACTOR_KINDS:
        raise fail(block.path, block.line, f"unknown kind {kind!r}{nearest(kind, ACTOR_KINDS)}")
    wikidata = block.get("wikidata") or None
    if wikidata and not _QID.match(wikidata):
        raise fail(block.path, block.line, f"a Wikidata id is Q and digits, not {wikidata!r}")
    return KnownActor(
        id=block["id"],
        kind=cast(ActorKind, kind),
        ar=words_of(block["ar"], block, "ar"),
        en=block["en"],
        code=_code(block, block.get("code")),
        country=block.get("country"),
        wikidata=wikidata,
        short=words_of(block.get("short"), block, "short"),
        ambiguous=block.get("ambiguous") == "true",
        roles=tuple(_office(role, block) for role in block.get("roles") or ()),
        parent=block.get("parent"),
        since=_date(block, "from"),
        until=_date(block, "to"),
        source=block.get("source"),
        must=words_of(block.get("must"), block, "must"),
        must_not=words_of(block.get("must_not"), block, "must_not"),
        path=block.path,
        line=block.line,
    )


def _number(cell: str, path: str, line: int) -> float | None:
    if not cell or cell == "-":
        return None
    try:
        return float(cell)
    except ValueError:
        raise fail(path, line, f"not a number: {cell!r}") from None


COUNTRY_COLUMNS = ("iso3", "wikidata", "en", "ar", "capital_ar", "capital_en", "lat", "lon", "capital_geonames")
NATIONALITY_COLUMNS = ("code", "masculine", "feminine", "masculine_plural", "feminine_plural", "dual")
TITLE_COLUMNS = ("title", "feminine", "plural", "sector", "kind", "en")
GROUP_COLUMNS = ("form", "sector", "kind", "en", "number")
PLACE_COLUMNS = ("geonames", "wikidata", "ar", "en", "iso3", "lat", "lon", "kind", "population")


def read_countries(text: str, path: str) -> tuple[Country, ...]:
    """Reads `world/countries.tsv`."""
    return tuple(
        Country(
            iso3=row["iso3"],
            wikidata=row["wikidata"] or None,
            en=row["en"],
            ar=split(row["ar"]),
            capital_ar=split(row["capital_ar"]),
            capital_en=row["capital_en"],
            lat=_number(row["lat"], path, line),
            lon=_number(row["lon"], path, line),
            capital_geonames=row["capital_geonames"] or None,
        )
        for line, row in parse_tsv(text, path, COUNTRY_COLUMNS)
    )


def read_nationalities(text: str, path: str) -> tuple[Nationality, ...]:
    """Reads `ar/demonyms.tsv`; forms come folded."""
    rows = parse_tsv(text, path, NATIONALITY_COLUMNS)
    return tuple(
        Nationality(
            code=row["code"],
            masculine=fold_word(row["masculine"]),
            feminine=fold_word(row["feminine"]),
            masculine_plural=tuple(map(fold_word, split(row["masculine_plural"]))),
            feminine_plural=tuple(map(fold_word, split(row["feminine_plural"]))),
            dual=tuple(map(fold_word, split(row["dual"]))),
        )
        for _, row in rows
    )


def _sector(cell: str, path: str, line: int) -> str | None:
    if cell in ("", "-"):
        return None
    if cell not in SECTORS and not (cell.startswith("IGO") and _CODE.match(cell)):
        raise fail(path, line, f"unknown sector {cell!r}{nearest(cell, SECTORS)}")
    return cell


def read_titles(text: str, path: str) -> tuple[Title, ...]:
    """Reads `ar/titles.tsv`; singular and plural forms of a row become two titles."""
    titles = []
    for line, row in parse_tsv(text, path, TITLE_COLUMNS):
        if row["kind"] not in ("person", "office", "honorific"):
            raise fail(path, line, f"kind must be person, office or honorific, not {row['kind']!r}")
        sector = _sector(row["sector"], path, line)
        kind = cast(Any, row["kind"])
        titles.append(Title(forms=split(row["title"]) + split(row["feminine"]), plural=False, sector=sector, kind=kind, en=row["en"]))
        if split(row["plural"]):
            titles.append(Title(forms=split(row["plural"]), plural=True, sector=sector, kind=kind, en=row["en"]))
    return tuple(titles)


def read_groups(text: str, path: str) -> tuple[Group, ...]:
    """Reads `ar/groups.tsv`."""
    groups = []
    for line, row in parse_tsv(text, path, GROUP_COLUMNS):
        if row["kind"] not in ACTOR_KINDS:
            raise fail(path, line, f"unknown kind {row['kind']!r}{nearest(row['kind'], ACTOR_KINDS)}")
        sector = _sector(row["sector"], path, line)
        groups.append(Group(form=row["form"], sector=sector, kind=row["kind"], en=row["en"], number=row["number"]))
    return tuple(groups)


def read_places(text: str, path: str) -> tuple[Place, ...]:
    """Reads `world/places.tsv`; a kind that starts with `?` marks names that need a place word."""
    return tuple(
        Place(
            ar=split(row["ar"]),
            en=row["en"],
            iso3=row["iso3"] or None,
            lat=_number(row["lat"], path, line),
            lon=_number(row["lon"], path, line),
            kind=row["kind"].lstrip("?"),
            population=int(_number(row["population"], path, line) or 0),
            geonames=row["geonames"] or None,
            wikidata=row["wikidata"] or None,
            risky=row["kind"].startswith("?"),
        )
        for line, row in parse_tsv(text, path, PLACE_COLUMNS)
    )
