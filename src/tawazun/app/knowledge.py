"""Turns the knowledge folder into a report of what is wrong with it and how much there is."""

from collections import Counter
from pathlib import Path

import msgspec

from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.files import nearest
from tawazun.lexicon.left_out import ANY_ENTRY, LEFT_OUT_PATH, read_left_out
from tawazun.lexicon.load import check_knowledge, knowledge_folder, read_files
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.lexicon import Lexicon


class KnowledgeReport(msgspec.Struct, frozen=True):
    """Counts what the knowledge holds; `errors` each start with `file:line`."""

    errors: tuple[str, ...]
    counts: dict[str, int]
    predicates_by_type: dict[str, int]
    without_id: tuple[str, ...]
    without_source: tuple[str, ...]


def report_knowledge(folder: Path | None = None) -> KnowledgeReport:
    """Checks all files below `folder` (the packaged knowledge by default)."""
    compiled = check_knowledge(folder)
    load_ontology(folder)
    lexicon = compiled.lexicon
    return KnowledgeReport(
        errors=(*compiled.errors, *_sentence_errors(lexicon), *_left_out_errors(folder, lexicon)),
        counts=_counts(lexicon),
        predicates_by_type=dict(sorted(Counter(entry.type for entry in lexicon.entries if entry.type).items())),
        without_id=tuple(actor.id for actor in lexicon.actors if not actor.wikidata),
        without_source=tuple(actor.id for actor in lexicon.actors if not actor.source),
    )


def _left_out_errors(folder: Path | None, lexicon: Lexicon) -> list[str]:
    """Tells what is wrong with the table of what is left out on purpose."""
    try:
        left_out = read_left_out(read_files(folder or knowledge_folder()))
    except KnowledgeError as error:
        return [str(error)]
    known = {entry.id for entry in lexicon.entries} | {ANY_ENTRY}
    return [
        f"{LEFT_OUT_PATH}:{line}: unknown entry {entry!r}{nearest(entry, known)}" for line, entry in left_out.lines if entry not in known
    ]


def _sentence_errors(lexicon: Lexicon) -> list[str]:
    """Tells which entries and ambiguous actors lack sentences, and which sentences don't mark their trigger."""
    errors: list[str] = []
    for entry in lexicon.entries:
        if entry.id.startswith("plain."):
            continue
        for key, value in (("must", entry.must), ("must_not", entry.must_not)):
            if not value and (entry.type or key == "must"):
                errors.append(f"{entry.path}:{entry.line}: {entry.id} has no {key!r} sentence; write one")
        errors += [
            f"{entry.path}:{entry.line}: mark the trigger in square brackets: {sentence}"
            for sentence in entry.must
            if sentence.count("[") != 1 or sentence.count("]") != 1
        ]
    errors += [
        f"{actor.path}:{actor.line}: {actor.id} is ambiguous and needs 'must' and 'must_not' sentences"
        for actor in lexicon.actors
        if actor.ambiguous and not (actor.must and actor.must_not)
    ]
    return errors


def _counts(lexicon: Lexicon) -> dict[str, int]:
    """Counts the records of a lexicon by what they are."""
    kinds = Counter(actor.kind for actor in lexicon.actors)
    return {
        "entries": len(lexicon.entries),
        "predicates": sum(entry.type is not None for entry in lexicon.entries),
        "cues": sum(entry.speech is not None for entry in lexicon.entries),
        "operators": sum(entry.type is None and entry.content is not None and entry.speech is None for entry in lexicon.entries),
        "light verbs": sum(entry.light is not None for entry in lexicon.entries),
        "word forms": len(lexicon.forms),
        "people": kinds["person"],
        "bodies": sum(kinds.values()) - kinds["person"],
        "countries": len(lexicon.countries),
        "places": len(lexicon.places),
        "titles": len(lexicon.titles),
        "groups": len(lexicon.groups),
        "name patterns": sum(map(len, lexicon.patterns.values())),
    }
