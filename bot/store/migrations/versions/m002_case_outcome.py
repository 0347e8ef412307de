"""A closed case keeps how it ended."""

from alembic import op
from sqlalchemy import Column, Text, inspect

revision = "m002"
down_revision = "m001"


def upgrade() -> None:
    # m001 makes the tables as schema.py has them today, so a new database has the column already.
    if "outcome" not in {column["name"] for column in inspect(op.get_bind()).get_columns("cases")}:
        op.add_column("cases", Column("outcome", Text))


def downgrade() -> None:
    op.drop_column("cases", "outcome")
