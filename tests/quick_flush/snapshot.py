"""The rows that migrations made (genres, tier rules, permissions): what the database of a test run
goes back to after a test that committed.

Django's own flush truncates every table and makes permissions anew, half a second of processor time
each; a test has written to a handful of tables.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg import sql

SCHEMA = "as_migrated"


def take_snapshot() -> None:
    """Copy the tables that have rows into a schema of their own."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(SCHEMA)))
        for table in _with_rows(cursor, "public"):
            copy = sql.SQL("create table {} as table {}").format(
                sql.Identifier(SCHEMA, table), sql.Identifier("public", table)
            )
            cursor.execute(copy)


def restore_snapshot() -> None:
    """Give every table the rows it had, and no others. Triggers and foreign keys sleep meanwhile,
    those that forbid to delete as well.
    """
    with connection.cursor() as cursor:
        filled = _with_rows(cursor, "public")
        migrated = _with_rows(cursor, SCHEMA)
        statements = [sql.SQL("begin; set local session_replication_role = replica")]
        for table in sorted({*filled, *migrated}):
            public = sql.Identifier("public", table)
            statements.append(sql.SQL("delete from {}").format(public))
            if table in migrated:
                copy = sql.Identifier(SCHEMA, table)
                statements.append(sql.SQL("insert into {} table {}").format(public, copy))
        statements.append(sql.SQL("commit"))
        cursor.execute(sql.SQL("; ").join(statements))


def _with_rows(cursor: Any, schema: str) -> list[str]:
    cursor.execute(
        "select table_name from information_schema.tables "
        "where table_schema = %s and table_type = 'BASE TABLE' "
        "and table_name <> 'django_migrations'",
        [schema],
    )
    tables = [name for (name,) in cursor.fetchall()]
    if not tables:
        return []
    looks = [
        sql.SQL("select {} where exists (select from {})").format(
            sql.Literal(table), sql.Identifier(schema, table)
        )
        for table in tables
    ]
    cursor.execute(sql.SQL(" union all ").join(looks))
    return [name for (name,) in cursor.fetchall()]
