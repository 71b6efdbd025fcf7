"""Makes the table of the feeds that are watched."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, SmallInteger, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes it."""
    op.create_table(
        "feeds",
        Column("address", Text(), primary_key=True),
        *(Column(name, Text()) for name in ("etag", "last_modified", "next_at")),
        Column("failures", Integer(), nullable=False),
        Column("gone", SmallInteger(), nullable=False),
        Column("minutes", Integer()),
        Column("seen", Text(), nullable=False),
        *(Column(name, Text()) for name in ("asked_at", "read_at", "failed_at", "problem")),
        Column("taken_in", BigInteger(), nullable=False),
    )
