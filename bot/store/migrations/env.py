"""How Alembic reaches the database: through the engine that the store hands over."""

from alembic import context
from sqlalchemy import text

ONE_AT_A_TIME = 5055  # any number, the same for all: several processes may start over one new database

with context.config.attributes["engine"].begin() as connection:
    if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
