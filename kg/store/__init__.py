"""The store: a folder of published builds, each an Oxigraph database beside the facts it was made from."""

from kg.store.folder import FORMAT, default_folder
from kg.store.reading import Store, open_store
from kg.store.writing import BuildSummary, Incoming, import_to_store, update_store, write_store

__all__ = [
    "FORMAT",
    "BuildSummary",
    "Incoming",
    "Store",
    "default_folder",
    "import_to_store",
    "open_store",
    "update_store",
    "write_store",
]
