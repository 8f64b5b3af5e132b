"""The database: declarative base, engine, migrations."""
