"""RDF: six syntaxes of all or a part of the graph, and the ontology itself."""
