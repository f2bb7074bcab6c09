"""pyoxigraph's own dump of a store as N-Quads: `python -m tests.bench.bare_dump STORE FILE`."""

import sys
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.store.folder import current_build

if __name__ == "__main__":
    Store.read_only(str(current_build(Path(sys.argv[1])).rdf)).dump(sys.argv[2], RdfFormat.N_QUADS)
