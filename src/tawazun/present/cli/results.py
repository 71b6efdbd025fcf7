"""Says which record each command prints with --json: its keys are the fields, so that there is one place to look them up."""

from importlib import import_module

import msgspec

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
    "knowledge check": "app.knowledge:KnowledgeReport",
    "knowledge snapshot": "app.snapshots:Snapshot",
    "knowledge diff": "app.differences:Differences",
    "knowledge coverage": "app.coverage:Coverage",
}
"""Are the records by command, each as module and name; a module is imported when its record is asked for."""


def result_of(command: str) -> type[msgspec.Struct]:
    """Returns the record that a command prints; raises `KeyError` for one that prints none."""
    module, _, name = RESULTS[command].partition(":")
    record: type[msgspec.Struct] = getattr(import_module(f"tawazun.{module}"), name)
    return record
