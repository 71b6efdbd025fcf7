"""Makes corpora of articles of our own, and finds what a batch wrote."""

import gzip
import json
import os
import subprocess
import sys

import fsspec
import zstandard
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from interrupts import heed_interrupts

CITIES = ["القاهرة", "أنقرة", "موسكو", "الجزائر", "تونس", "الرباط", "بغداد", "عمان"]
SHARDS = ("--shard-articles", "12")
NAMES = [
    *(f"a.jsonl-0000{number}" for number in range(4)),
    *("b.jsonl.gz-00000", "b.jsonl.gz-00001"),
    *("below/c.parquet-00000", "below/c.parquet-00001"),
]
"""Are the shards of twelve articles of a corpus of 96."""
COMMAND = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()"]


def text_of(number, times=1):
    city = CITIES[number % len(CITIES)]
    return (
        f"استقبل وزير الخارجية التونسي نظيره الجزائري في {city}، في زيارة هي رقم {number} هذا العام.\n"
        f"وأعلن متحدث باسم الحكومة أن الوفدين سيوقعان اتفاقا جديدا في {city} الأسبوع المقبل.\n"
        "ورفضت المعارضة شروط الهدنة، فيما دعا المبعوث الأممي الأطراف إلى استئناف المحادثات.\n"
    ) * times


def rows_of(numbers, times=1):
    return [{"id": f"n{n}", "text": text_of(n, times), "date": "2021-03-10", "outlet": "الشاطئ"} for n in numbers]


def lines_of(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write_table(path, rows, row_group_size=10_000):
    import pyarrow as pa
    from pyarrow.parquet import write_table as write

    write(pa.Table.from_pylist(rows), path, row_group_size=row_group_size)


def write_corpus(folder, count, times=1):
    """Writes `count` articles: half of them as rows, a quarter as packed rows, a quarter as a table in a folder below."""
    (folder / "below").mkdir(parents=True)
    half, rest = count // 2, count * 3 // 4
    (folder / "a.jsonl").write_bytes(lines_of(rows_of(range(half), times)))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines_of(rows_of(range(half, rest), times))))
    write_table(folder / "below" / "c.parquet", rows_of(range(rest, count), times), row_group_size=6)
    return folder


def batch(*arguments, **options):
    return subprocess.run([*COMMAND, "batch", *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


def start(*arguments):
    return subprocess.Popen(
        [*COMMAND, "batch", *map(str, arguments)], stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heed_interrupts
    )


def outputs_of(folder):
    """Returns every file of an output but the manifest: name to bytes."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if name != "manifest.jsonl":
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def unpacked(data):
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def entries_of(folder):
    """Returns the last entry of each shard, as far as the manifest is written."""
    path = folder / "manifest.jsonl"
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    entries = [json.loads(line) for line in lines[1:] if line.endswith(b"\n")]
    return {entry["shard"]: entry for entry in entries}


class _File(AbstractBufferedFile):
    def _fetch_range(self, start, end):
        return self.fs.cat_file(self.path)[start:end]


class _Bucket(MemoryFileSystem):
    """Is a store in memory whose files are read as those of real ones are: in ranges, without the ease of a file in memory."""

    protocol = "bucket"
    store, pseudo_dirs = {}, [""]

    @classmethod
    def _strip_protocol(cls, path):
        return MemoryFileSystem._strip_protocol(path.replace("bucket://", "memory://"))

    def _open(self, path, mode="rb", **options):
        return _File(self, path, mode, size=self.info(path)["size"]) if mode == "rb" else super()._open(path, mode, **options)

    def cat_file(self, path, start=None, end=None, **_):
        return self.store[self._strip_protocol(path)].getvalue()[start:end]


fsspec.register_implementation("bucket", _Bucket)
