"""Run by Alembic. The program hands its open, encrypted connection in; there is no other way to migrate."""

from alembic import context

from shakyo_desktop.storage.migrating import is_ours
from shakyo_desktop.storage.paper_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=is_ours,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
