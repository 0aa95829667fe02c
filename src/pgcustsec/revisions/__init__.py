"""Policy changes as alembic revisions: written from a matrix, run forwards and back, also as a script (5.2.5)."""
