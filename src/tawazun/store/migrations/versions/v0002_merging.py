"""Makes the tables by which copies of an article and mentions of one happening are found."""

from alembic import op
from sqlalchemy import BigInteger, Column, SmallInteger

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes them, and marks each article as not yet merged."""
    op.add_column("articles", Column("merged", SmallInteger(), nullable=False, server_default="0"))
    op.create_index("articles_merged", "articles", ["merged"])
    op.create_table(
        "origin_keys",
        Column("key", BigInteger(), primary_key=True, autoincrement=False),
        Column("article", BigInteger(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mentions",
        Column("event", BigInteger(), primary_key=True, autoincrement=False),
        Column("happening", BigInteger(), nullable=False),
        Column("nearest", BigInteger()),
        sqlite_with_rowid=False,
    )
    op.create_index("mentions_happening", "mentions", ["happening"])
