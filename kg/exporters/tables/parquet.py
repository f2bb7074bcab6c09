"""Parquet, for DuckDB, pandas, polars, Spark and dask.

Format: https://parquet.apache.org/docs/file-format/, written with pyarrow. Six tables: `nodes`, `edges`, `evidence`,
`results`, `papers` and `mentions` (`kg.exporters.columns`); aliases and authors are lists, numbers are numbers, what is
not known is null. The same content gives the same bytes with the same pyarrow, whose version stands in the file. Lost:
characters that XML cannot hold become U+FFFD, the places after the 15th of a result's `number` (its `value` has all).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.clean import clean_value
from kg.exporters.columns import tables
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.exporters.sorting import in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.exporters.columns import Table
    from kg.exporters.graphs.attributes import Type
    from kg.exporters.rows import GraphRows, MentionRow, PaperRow, ResultRow

__all__ = ["FORMAT", "write_folder"]

_ROW_GROUP: Final = 20_000
"""Rows that are held in memory and written together."""
_LEVEL: Final = 9
"""Of zstd; higher ones take several times as long for a few per cent."""


def write_folder(
    graph: GraphRows,
    results: Iterable[ResultRow],
    papers: Iterable[PaperRow],
    mentions: Iterable[MentionRow],
    folder: Path,
) -> dict[str, Counts]:
    """The six tables lie in the folder."""
    counts = {}
    for table in tables(graph, results, papers, mentions):
        name = f"{table.name}.parquet"
        rows = _write(table, folder / name)
        kind = table.name if table.name in ("nodes", "edges") else ""
        counts[name] = Counts(**{kind: rows} if kind else {}, rows=rows)
    return counts


def _write(table: Table, path: Path) -> int:
    import pyarrow as pa  # noqa: PLC0415  (optional, and it takes half a second)
    from pyarrow import parquet  # noqa: PLC0415

    types: dict[Type, Any] = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "int": pa.int32(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([(name, types[type_]) for name, type_ in table.columns.items()])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd", compression_level=_LEVEL, version="2.6") as writer:
        for rows in in_pieces(table.rows, _ROW_GROUP):
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array([_stored(value) for value in column], type_.type)
                for column, type_ in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(rows)
    return count


def _stored(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else clean_value(value)


FORMAT: Final = Format(
    "parquet",
    "application/vnd.apache.parquet",
    "",
    "https://parquet.apache.org/docs/file-format/",
    "a folder of typed tables: DuckDB, pandas, polars, Spark",
    (Takes.GRAPH, Takes.RESULTS, Takes.PAPERS, Takes.MENTIONS),
    write_folder=write_folder,
    requires="pyarrow",
)
