"""One source of truth: what the documentation, Parquet and DuckDB say is what the records say."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.schema import arrow_schema, columns, create_table, table_name
from pipeline.store.describe import schema_page
from pipeline.tables.copies import StoryRow
from pipeline.tables.corpus import CORPUS, Meta

DOCS = Path(__file__).parents[1] / "docs"


def test_the_schema_page_is_the_one_that_the_code_makes():
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == schema_page()


def test_every_table_and_column_carries_a_comment():
    with duckdb.connect() as store:
        for record in CORPUS:
            for statement in create_table(record):
                store.execute(statement)
        silent = store.execute(
            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL UNION ALL "
            "SELECT table_name || '.' || column_name FROM duckdb_columns() "
            "WHERE NOT internal AND comment IS NULL"
        ).fetchall()
    assert silent == []


def test_parquet_and_duckdb_agree_on_types_even_without_a_row(tmp_path):
    for record in CORPUS:
        pq.write_table(arrow_schema(record).empty_table(), tmp_path / "t.parquet")
        with duckdb.connect() as store:
            store.execute(create_table(record)[0])
            store.execute("CREATE TABLE read AS FROM read_parquet($p)", {"p": str(tmp_path / "t.parquet")})
            made, read = (
                [row[:2] for row in store.execute(f"DESCRIBE {name}").fetchall()]
                for name in (f'"{table_name(record)}"', "read")
            )
        assert made == read


def test_a_story_row_is_described_in_the_order_of_its_fields():
    assert [name for name, *_ in columns(StoryRow)][:2] == ["story_id", "representative_id"]
    assert table_name(Meta) == "meta"
