"""How the revisions beside this file reach a database: by `pgcustsec migrate`, or by alembic and the PG* variables."""

from alembic import context

from pgcustsec.revisions.run import VERSION_TABLE, complete, connection_of

#: Whose the table is that says at which revision a database is.
AS_OWNER = "SET LOCAL ROLE pgcustsec_owner"

if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True, **VERSION_TABLE)
    with context.begin_transaction():
        context.execute(AS_OWNER)
        context.run_migrations()
        complete(context.get_context())
else:
    with connection_of(context.config) as connection:
        context.configure(connection=connection, **VERSION_TABLE)
        with context.begin_transaction():
            context.execute(AS_OWNER)
            context.run_migrations()
            # What no revision can know: staff's memberships, and what is sealed in this database already.
            complete(context.get_context())
