"""How Alembic runs the steps: on the connection it is given, within its transaction."""

from __future__ import annotations

from alembic import context

from ogi.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
