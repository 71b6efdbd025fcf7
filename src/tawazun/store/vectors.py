"""Keeps a vector for each sentence of a workspace, and finds the sentences whose vectors lie nearest to one, exactly and in flat memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Integer, LargeBinary, MetaData, Select, Table, func, literal_column, select

from tawazun.base.errors import InputError
from tawazun.store.bulks import add_missing
from tawazun.store.tables import DOSSIERS, SENTENCES, article_of, number_in

VECTORS = Table(
    "vectors",
    MetaData(),
    Column("sentence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("vectors", LargeBinary, nullable=False),
)
"""Has the vectors of an article's sentences, in their order from one on, as float16 one after the other: a row for each sentence would take
several times as long to read. A row goes when its first sentence goes.
"""
_TOGETHER = 512
"""Is how many vectors a row has at most."""
_BLOCK = 2048
"""Is about how many vectors are compared at once: as many as the processor's own cache holds."""
_EXPONENTS = 2.0**112
_SIGN_AND_BITS = -0x70002000


class Near(msgspec.Struct, frozen=True):
    """Is the sentences nearest to a meaning, by number, the likest first, of `compared` that were compared."""

    numbers: tuple[int, ...]
    likeness: tuple[float, ...]
    compared: int


def _lacks() -> Any:
    """Is the condition that an article has sentences and none of them a vector."""
    first: Any = literal_column("(dossiers.article << 20)")
    with_vector, with_words = select(VECTORS.c.sentence), select(SENTENCES.c.number)
    ours = with_vector.where(VECTORS.c.sentence >= first, VECTORS.c.sentence < first + (1 << 20)).exists()
    return ~ours & with_words.where(SENTENCES.c.number >= first, SENTENCES.c.number < first + (1 << 20)).exists()


def lacking(connection: Connection, after: int, most: int) -> list[int]:
    """Returns the next articles, by number, whose sentences have no vectors."""
    following = select(DOSSIERS.c.article).where(DOSSIERS.c.article > after, _lacks()).order_by(DOSSIERS.c.article).limit(most)
    return list(connection.scalars(following))


def lacking_count(connection: Connection) -> int:
    """Counts the articles whose sentences have no vectors."""
    return int(connection.scalar(select(func.count()).select_from(DOSSIERS).where(_lacks())) or 0)


def embedded_count(connection: Connection) -> int:
    """Counts the articles whose sentences have vectors."""
    article = VECTORS.c.sentence.op(">>")(literal_column("20"))
    return int(connection.scalar(select(func.count(article.distinct()))) or 0)


def sentences_in(connection: Connection, article: int) -> list[int]:
    """Returns the numbers of an article's sentences, its title the first."""
    ours = SENTENCES.c.number.between(number_in(article, 0), number_in(article + 1, 0) - 1)
    return list(connection.scalars(select(SENTENCES.c.number).where(ours).order_by(SENTENCES.c.number)))


def keep_vectors(connection: Connection, numbers: Sequence[int], vectors: Any) -> None:
    """Keeps the vectors of an article's sentences; `vectors` is an array with a row for each.

    Where the article was coded again meanwhile and has other sentences, nothing is kept: it is told as lacking.
    """
    import numpy

    if not numbers or list(numbers) != sentences_in(connection, article_of(numbers[0])):
        return
    halves = vectors.astype(numpy.float16)
    starts = range(0, len(numbers), _TOGETHER)
    add_missing(connection, VECTORS, [(numbers[start], halves[start : start + _TOGETHER].tobytes()) for start in starts])


def nearest_sentences(connection: Connection, meaning: Any, most: int, among: Select[int] | None = None) -> Near:
    """Compares a vector with those of all sentences, or of those that `among` selects, and returns the `most` likest, by cosine.

    Raises `InputError` where no sentence has a vector yet.
    """
    import numpy

    wanted = meaning.astype(numpy.float32) * numpy.float32(_EXPONENTS)
    best = numpy.empty(0, numpy.float32)
    numbers = numpy.empty(0, numpy.int64)
    compared = 0
    for some, vectors in _blocks(connection, len(meaning), among):
        compared += len(some)
        best, numbers = numpy.concatenate((best, _widened(vectors) @ wanted)), numpy.concatenate((numbers, some))
        if len(best) > most:
            # Of equally like ones the earlier goes first, whatever the block.
            chosen = numpy.lexsort((numbers, -best))[:most]
            best, numbers = best[chosen], numbers[chosen]
    if not compared and connection.scalar(select(VECTORS.c.sentence).limit(1)) is None:
        raise InputError("no sentence of this workspace has a vector; make them with `tawazun embed`")
    order = numpy.lexsort((numbers, -best))
    return Near(tuple(int(numbers[i]) for i in order), tuple(round(float(best[i]), 4) for i in order), compared)


def _widened(vectors: Any) -> Any:
    """Returns float16 as float32 that are 2^112 times smaller, exactly and four times faster than numpy widens them.

    Sign, exponent and fraction move to their places in the wider number; the exponent's other origin is the factor.
    """
    import numpy

    bits = vectors.view(numpy.int16).astype(numpy.int32)
    bits <<= 13
    bits &= numpy.int32(_SIGN_AND_BITS)
    return bits.view(numpy.float32)


def _blocks(connection: Connection, length: int, among: Select[int] | None) -> Iterator[tuple[Any, Any]]:
    """Yields numbers of sentences and their vectors, in blocks."""
    import numpy

    chosen, wanted = select(VECTORS.c.sentence, VECTORS.c.vectors), None
    if among is not None:
        wanted = numpy.fromiter(connection.scalars(among), numpy.int64)
        ours = among.with_only_columns(among.selected_columns[0].op(">>")(literal_column("20")))
        chosen = chosen.where(VECTORS.c.sentence.op(">>")(literal_column("20")).in_(ours))
    firsts: list[int] = []
    bodies: list[bytes] = []
    size = 0
    for first, body in connection.execute(chosen, execution_options={"stream_results": True}):
        firsts.append(first)
        bodies.append(body)
        size += len(body)
        if size >= _BLOCK * length * 2:
            yield _block(firsts, bodies, length, wanted)
            firsts, bodies, size = [], [], 0
    if firsts:
        yield _block(firsts, bodies, length, wanted)


def _block(firsts: Sequence[int], bodies: Sequence[bytes], length: int, wanted: Any) -> tuple[Any, Any]:
    import numpy

    counts = numpy.fromiter((len(body) for body in bodies), numpy.int64, len(bodies)) // (length * 2)
    starts = numpy.repeat(numpy.cumsum(counts) - counts, counts)
    numbers = numpy.repeat(numpy.array(firsts, numpy.int64), counts) + numpy.arange(len(starts)) - starts
    vectors = numpy.frombuffer(b"".join(bodies), numpy.float16).reshape(len(numbers), length)
    if wanted is None:
        return numbers, vectors
    chosen = numpy.isin(numbers, wanted)
    return numbers[chosen], vectors[chosen]
