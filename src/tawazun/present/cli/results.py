"""Says which record each command prints with --json: its keys are the fields, so that there is one place to look them up."""

from importlib import import_module

import msgspec

from tawazun.model.analyses import Analysis

RESULTS = {
    "read": "model.dossier:Dossier",
    "code": "app.coding:Coded",
    "batch": "app.batches:Batched",
    "explain": "app.explanations:Explanation",
    "export": "app.exporting:Exported",
    "init": "app.workspaces:Made",
    "ingest": "app.ingesting:TakenIn",
    "feeds": "app.watching:Standing",
    "status": "app.workspaces:State",
    "load": "app.loading:Loaded",
    "merge": "app.merging:Merged",
    "happenings": "app.happenings:Account",
    "recode": "app.recoding:Recoded",
    "backup": "app.backups:Manifest",
    "restore": "app.backups:Manifest",
    "search": "app.searching:Results",
    "embed": "app.embedding:Embedded",
    "analyse agenda": "model.agendas:Agenda",
    "analyse claims": "model.claims:Claims",
    "analyse tracks": "model.tracks:Board",
    "analyse camps": "model.camps:Camps",
    "analyse barometer": "model.barometers:Barometer",
    "analyse go-betweens": "model.brokers:GoBetweens",
    "analyse scenarios": "model.scenarios:Scenarios",
    "analyse ripeness": "model.sheets:Ripeness",
    "agenda": "model.agendas:Agenda",
    "knowledge check": "app.knowledge:KnowledgeReport",
    "knowledge snapshot": "app.snapshots:Snapshot",
    "knowledge diff": "app.differences:Differences",
    "knowledge coverage": "app.coverage:Coverage",
}
"""Are the records by command, each as module and name; a module is imported when its record is asked for."""


ANALYSES = frozenset(name for name in RESULTS if name.startswith("analyse ") or name == "agenda")
"""Are the commands that print an `Analysis`, which has the record as its `result`."""


def result_of(command: str) -> type[msgspec.Struct]:
    """Returns the record that a command prints; raises `KeyError` for one that prints none."""
    module, _, name = RESULTS[command].partition(":")
    record: type[msgspec.Struct] = getattr(import_module(f"tawazun.{module}"), name)
    return Analysis[record] if command in ANALYSES else record  # type: ignore[valid-type]  # it is known when it is run
