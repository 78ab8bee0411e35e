"""What alembic runs: the steps, on the connection and in the transaction that the store gives."""

from alembic import context

from sayso.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
