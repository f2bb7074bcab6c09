"""Readers from elsewhere agree on the triples of every RDF format: rapper, Jena, rdflib, Oxigraph."""

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.exporters.rdf.syntaxes import FORMATS
from kg.resources import ontology_folder
from kg.vocabulary import BASE
from tests.graphs import sample_store

NAMES = [format_.name for format_ in FORMATS]
RAPPER = shutil.which("rapper")
JARS = Path("/usr/share/java")
JENA = """
jena-arq jena-base jena-cmds jena-core jena-iri jena-shacl jena-shex jena-tdb jena-tdb2 jena-dboe-base jena-dboe-index
jena-dboe-storage jena-dboe-trans-data jena-dboe-transaction jena-rdfconnection commons-cli commons-codec
commons-compress commons-csv commons-io commons-lang3 commons-logging dexx.collection gson guava httpclient
httpclient-cache httpcore jackson-annotations jackson-core jackson-databind jakarta.json-api jsonld-java protobuf
slf4j-api slf4j-simple thrift titanium-json-ld
""".split()  # noqa: SIM905
"""What `riot` needs of Debian's libapache-jena-java, which installs no command."""
HOSTILE = [
    '</b> & "quotes" \\ ]]> \n\r\t \u202e \U0001f600 \u00e9',
    "{{x}} ${y} <!-- -->",
    "@id",
    "method:lora",
    "",
    " x ",
]


@pytest.fixture(scope="module")
def triples(tmp_path_factory):
    store, _ = sample_store(tmp_path_factory.mktemp("store"))
    lora, says = NamedNode(f"{BASE}method/lora"), NamedNode(f"{BASE}category")
    texts = [Triple(lora, says, Literal(text)) for text in HOSTILE]
    more = [
        Triple(lora, says, Literal("deux", language="fr")),
        Triple(lora, says, Literal("12", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        Triple(lora, NamedNode(f"{BASE}year"), Literal("twelve")),
        Triple(lora, NamedNode(f"{BASE}uses"), Literal("method:lora")),
        Triple(lora, says, NamedNode("https://elsewhere.org/a?b=c&d='e'#f")),
        Triple(NamedNode("https://elsewhere.org/y"), NamedNode("http://elsewhere.org/p"), lora),
        Triple(lora, NamedNode(f"{BASE}introducedBy"), lora),
    ]
    return {quad.triple for quad in store.engine} | {*texts, *more}


@pytest.fixture(scope="module")
def files(triples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    paths = {}
    for format_ in FORMATS:
        paths[format_.name] = folder / f"kg{format_.extension}"
        with paths[format_.name].open("wb") as file:
            assert format_.write(iter(triples), file).triples == len(triples)
    return paths


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_reads_the_same_triples(triples, files, name):
    assert Counter(quad.triple for quad in parse(path=str(files[name]))) == Counter(triples)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")  # rdflib 7.6 warns of itself
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_reads_the_same_triples(triples, files, name):
    syntax = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}.get(name, name)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=files[name].read_bytes(), format=syntax)
    wanted = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    assert {(s, p, o) for s, p, o, _ in graph.quads()} == set(wanted)


@pytest.mark.skipif(not RAPPER, reason="rapper is not installed (Debian: raptor2-utils)")
@pytest.mark.parametrize("name", [name for name in NAMES if name != "jsonld"])
def test_rapper_reads_the_same_triples(triples, files, name):
    done = subprocess.run(
        ["rapper", "-q", "-i", name, "-o", "ntriples", files[name]], capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b""
    assert Counter(quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES)) == Counter(triples)


@pytest.fixture(scope="module")
def riot(tmp_path_factory):
    """The command line of Jena's reader."""
    if found := shutil.which("riot"):
        return [found]
    java = shutil.which("java")
    if not java or not (JARS / "jena-cmds.jar").exists():
        pytest.skip("Jena is not installed (Debian: libapache-jena-java and a Java runtime)")
    # Debian moves the Xerces in jena-core to another package and leaves its messages behind, and nothing runs without.
    messages = tmp_path_factory.mktemp("messages")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                message = messages / name.removeprefix("org/apache/jena/ext/")
                message.parent.mkdir(parents=True, exist_ok=True)
                message.write_bytes(jar.read(name))
    path = ":".join([str(messages), *(f"{JARS / jar}.jar" for jar in JENA)])
    return [java, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", path, "riotcmd.riot"]


def jena_reads(riot, paths):
    done = subprocess.run([*riot, "--output=ntriples", *paths], capture_output=True, timeout=120)
    assert (done.returncode, done.stderr.decode()[:2000]) == (0, "")
    return Counter(quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES))


def test_jena_reads_the_same_triples(triples, files, riot, tmp_path):
    # JSON-LD in version 1.0, of which we use no more: Debian has no JSON parser for Jena's reader of 1.1.
    first = tmp_path / "kg.jsonld10"
    first.write_bytes(files["jsonld"].read_bytes())
    paths = [first, *(path for name, path in files.items() if name != "jsonld")]
    found = jena_reads(riot, paths)
    assert set(found) == triples
    assert set(found.values()) == {len(NAMES)}


def test_jena_reads_schema_and_shapes_without_a_warning(riot):
    paths = [ontology_folder() / name for name in ("schema.ttl", "shapes.ttl")]
    assert len(jena_reads(riot, paths)) == sum(len(list(parse(path=str(path)))) for path in paths)


@pytest.mark.skipif(not RAPPER, reason="rapper is not installed (Debian: raptor2-utils)")
@pytest.mark.parametrize("name", ["schema.ttl", "shapes.ttl"])
def test_rapper_reads_schema_and_shapes_without_a_warning(name):
    done = subprocess.run(
        ["rapper", "-i", "turtle", "-c", ontology_folder() / name], capture_output=True, check=True, timeout=60
    )
    assert b"warning" not in done.stderr.lower()


def test_jsonld_is_one_node_a_line(files):
    first, *nodes, last = files["jsonld"].read_text(encoding="utf-8").splitlines()
    assert first.endswith('"@graph":[')
    assert last == "]}"
    assert all(line.startswith('{"@id":"') for line in nodes)
    assert len({line.split('"')[3] for line in nodes}) == len(nodes)


def test_jsonld_says_things_by_short_names(files):
    node = next(
        line for line in io.StringIO(files["jsonld"].read_text(encoding="utf-8")) if '"method:qlora"' in line[:24]
    )
    assert '"@type":["Entity","Method"]' in node
    assert '"extends":"method:lora"' in node
    assert '"year":2023' in node
    assert '"prefLabel":"QLoRA"' in node
