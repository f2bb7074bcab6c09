"""Taking back what was exported, and taking in what people curate: files to facts, rows and edges.

`open_import(path)` recognises a file (RDF in six syntaxes, GraphML, a folder of CSV tables) and gives its papers as
facts and what else it says; `kg.pipeline.import_graph` puts that into a store. Nothing in a file is run or fetched.
"""

from kg.importers.files import Opened, open_import

__all__ = ["Opened", "open_import"]
