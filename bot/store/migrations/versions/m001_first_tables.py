"""The first tables: services, conversations, messages, turns, outbox, advisers, cases, unanswered questions."""

from alembic import op

from bot.store.schema import metadata, service

revision = "m001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    op.get_bind().execute(service.insert().values(id="default", name="your local SEND advice service"))


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
