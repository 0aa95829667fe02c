"""pgcustsec: PostgreSQL itself enforces a broker's policy on customer information."""

__version__ = "0.1"
