"""Neo4j: CSV files for `neo4j-admin database import`, and a Cypher script that loads them into a running server.

Format: https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format. A file of nodes for each
label (`nodes-Method.csv`; every node is a `Resource` too), a file of relationships for each type
(`relationships-EVALUATES_ON.csv`), `import.txt`, the options of the import, and `load.cypher`, with a constraint and
indices. Text is in double quotes, so that spaces and line breaks stay; what is not known is an empty cell without
quotes. These are not for spreadsheets: nothing guards formulas.

Lost: `;` in other names becomes `,`, as it separates them and cannot be escaped; evidence is joined into one text;
characters that XML cannot hold become U+FFFD.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import ExportError
from kg.exporters.clean import clean
from kg.exporters.format import Format, Takes
from kg.exporters.graphs.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute
from kg.exporters.rows import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write_folder"]

_NODE: Final = (
    Attribute("iri:ID", "string", lambda node: node.iri),
    Attribute("label", "string", lambda node: node.label),
    Attribute("aliases", "strings", lambda node: node.aliases or None),
    *(each for each in NODE_ATTRIBUTES if each.name not in ("iri", "kind", "aliases")),
    Attribute(":LABEL", "string", lambda node: f"{node.kind};Resource"),
)
_EDGE: Final = (
    Attribute(":START_ID", "string", lambda edge: edge.source),
    Attribute(":END_ID", "string", lambda edge: edge.target),
    Attribute("weight", "double", lambda edge: edge.weight),
    *(each for each in EDGE_ATTRIBUTES if each.name != "predicate"),
    Attribute(":TYPE", "string", lambda edge: _type(edge.predicate)),
)
_HEADER_TYPES: Final = {"string": "", "strings": ":string[]"}
_FROM_TEXT: Final[dict[str, str]] = {
    "string": "row.`{}`",
    "strings": "split(row.`{}`, ';')",
    "int": "toInteger(row.`{}`)",
    "double": "toFloat(row.`{}`)",
    "boolean": "toBoolean(row.`{}`)",
}
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")

_IMPORT: Final = """\
# The options of the import into a database that is not there yet. Stop the server, then, in this folder:
#   neo4j-admin database import full neo4j @import.txt
# To replace a database that is there:
#   neo4j-admin database import full neo4j --overwrite-destination=true @import.txt
--multiline-fields=true
"""
_LOAD: Final = """\
// Loads the files into a running server (Neo4j 5.23 or later); doing it twice changes nothing.
// Copy them into its folder `import`, and set in neo4j.conf, as backslashes in text would else escape quotes:
//   db.import.csv.legacy_quote_escaping=false
// Then:
//   cypher-shell --file load.cypher

CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;
CREATE INDEX resource_label IF NOT EXISTS FOR (n:Resource) ON (n.label);
CREATE FULLTEXT INDEX resource_names IF NOT EXISTS FOR (n:Resource) ON EACH [n.label, n.aliases];
"""


def write_folder(graph: GraphRows, folder: Path) -> dict[str, Counts]:
    """The files lie in the folder; memory does not grow with the graph.

    Raises:
        ExportError: a kind or predicate that is no plain word: it would be a label and the name of a file.
    """
    with ExitStack() as stack:
        nodes = _Files(stack, folder, "nodes", _NODE)
        for node in graph.nodes():
            nodes.put(_plain(node.kind, f"kind of node {node.iri}"), node)
        edges = _Files(stack, folder, "relationships", _EDGE)
        for edge in graph.edges():
            edges.put(_type(_plain(edge.predicate, f"predicate of edge {edge.id}")), edge)
    sources = [f"--nodes={name}" for name in sorted(nodes.counts)]
    sources += [f"--relationships={name}" for name in sorted(edges.counts)]
    (folder / "import.txt").write_text(_IMPORT + "".join(f"{each}\n" for each in sources), encoding="utf-8")
    statements = [_load_nodes(label, name) for label, name in sorted(nodes.names.items())]
    statements += [_load_edges(type_, name) for type_, name in sorted(edges.names.items())]
    (folder / "load.cypher").write_text(_LOAD + "".join(statements), encoding="utf-8")
    return {
        **{name: Counts(nodes=count, rows=count) for name, count in sorted(nodes.counts.items())},
        **{name: Counts(edges=count, rows=count) for name, count in sorted(edges.counts.items())},
        "import.txt": Counts(),
        "load.cypher": Counts(),
    }


class _Files:
    """A file for each label or type, opened when its first row comes."""

    def __init__(self, stack: ExitStack, folder: Path, prefix: str, attributes: Sequence[Attribute]) -> None:
        self._stack = stack
        self._folder = folder
        self._prefix = prefix
        self._attributes = attributes
        self._files: dict[str, BinaryIO] = {}
        self.names: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def put(self, word: str, row: object) -> None:
        if word not in self._files:
            self.names[word] = name = f"{self._prefix}-{word}.csv"
            self.counts[name] = 0
            self._files[word] = self._stack.enter_context((self._folder / name).open("wb"))
            self._files[word].write((",".join(map(_heading, self._attributes)) + "\n").encode())
        self.counts[self.names[word]] += 1
        self._files[word].write((",".join(_cell(each.get(row)) for each in self._attributes) + "\n").encode())


def _heading(attribute: Attribute) -> str:
    return attribute.name + _HEADER_TYPES.get(attribute.type, f":{attribute.type}")


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        value = ";".join(each.replace(";", ",") for each in value)
    if isinstance(value, str):
        return '"' + clean(value).replace('"', '""') + '"'
    return "" if value is None else str(value).lower()


def _plain(word: str, what: str) -> str:
    if not _NAME.fullmatch(word):
        raise ExportError(f"{what} is {word!r}: Neo4j gets letters and digits only")
    return word


def _type(predicate: str) -> str:
    """The name of a relationship's type, as Neo4j's style guide has it.

    >>> _type("evaluatesOn")
    'EVALUATES_ON'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", predicate).upper()


def _load_nodes(label: str, name: str) -> str:
    return _load(name, f"MERGE (n:Resource {{iri: row.`iri:ID`}})\n  SET n:{label}", "n", _NODE)


def _load_edges(type_: str, name: str) -> str:
    ends = "MATCH (a:Resource {iri: row.`:START_ID`})\n  MATCH (b:Resource {iri: row.`:END_ID`})"
    return _load(name, f"{ends}\n  MERGE (a)-[r:{type_}]->(b)", "r", _EDGE)


def _load(name: str, merge: str, variable: str, attributes: Iterable[Attribute]) -> str:
    values = ",\n    ".join(
        f"{variable}.{each.name} = " + _FROM_TEXT[each.type].format(_heading(each))
        for each in attributes
        if ":" not in each.name
    )
    return f"""
LOAD CSV WITH HEADERS FROM 'file:///{name}' AS row
CALL (row) {{
  {merge}
  SET {values}
}} IN TRANSACTIONS OF 1000 ROWS;
"""


FORMAT: Final = Format(
    "neo4j",
    "text/csv",
    "",
    "https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format",
    "a folder: CSV files for neo4j-admin database import, and a Cypher script",
    (Takes.GRAPH,),
    write_folder=write_folder,
    names_vary=True,
)
