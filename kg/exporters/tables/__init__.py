"""The graph as tables: CSV, Parquet, SQLite."""
