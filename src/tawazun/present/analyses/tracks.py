"""Turns tracks into the names that people read."""

from collections.abc import Mapping

from tawazun.model.evidence import Who
from tawazun.model.tracks import Track
from tawazun.present.analyses.names import name_of
from tawazun.present.labels import Labels


def track_name(track: Track, actors: Mapping[str, Who], labels: Labels) -> str:
    """Returns a track's name: its own in Arabic; in English that of the knowledge, else its kind with its town or members."""
    if labels.language == "ar":
        return track.name.ar
    if track.name.en is not None:
        return track.name.en
    kind = labels.of("kinds", track.kind)
    named = [name_of(unit, actors, labels) for unit in track.members] if ".".join(track.members) in track.id else []
    what = track.place or ", ".join(named)
    return f"{kind[0].upper()}{kind[1:]}: {what or track.name.ar}"
