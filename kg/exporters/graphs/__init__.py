"""Files of nodes and edges for the tools that draw and query graphs."""
