"""The page in a real Chromium with the network cut. One browser for the module."""

import shutil

import networkx as nx
import pytest

from kg.viewer import write_page
from tests.viewer.sample import SENTENCE, graph, hostile_graph

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_page(graph(), folder / "sample.html", title="Teapots", about="All of them.")
    write_page(hostile_graph(), folder / "hostile.html", title="</title><script>window.pwned=1</script>")
    write_page(nx.MultiDiGraph(), folder / "empty.html", title="Nothing")
    return folder


@pytest.fixture
def visit(browser, files):
    """Opens a page offline; at the end no message, no error and no request but the file's own may have come."""
    contexts, wrong = [], []

    def opened(name, fragment="", **options):
        context = browser.new_context(offline=True, viewport={"width": 1200, "height": 800}, **options)
        contexts.append(context)
        tab = context.new_page()
        address = (files / name).as_uri()
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda request: request.url.startswith((address, "blob:")) or wrong.append(request.url))
        tab.goto(address + fragment)
        tab.wait_for_function("window.__kg_ready", timeout=20_000)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def counts(tab):
    found = tab.evaluate("window.__kg.counts()")
    return found["nodes"], found["edges"]


def click_node(tab, iri):
    tab.wait_for_timeout(100)
    at = tab.evaluate("iri => window.__kg.at(iri)", iri)
    tab.mouse.click(at["x"], at["y"])


def search(tab, text):
    tab.keyboard.press("/")
    tab.keyboard.type(text)


def test_browser_draws_every_node_and_edge_and_their_names(visit):
    tab = visit("sample.html")
    ready = tab.evaluate("window.__kg_ready")
    assert (ready["nodes"], ready["edges"]) == (7, 7)
    assert ready["names"] >= 5
    assert tab.text_content("#counts") == "7 nodes · 7 edges"
    colours = tab.evaluate("""() => {
        const canvas = document.querySelector('#stage canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] > 250) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
        }
        return ['0072b2', 'd55e00', '009e73', 'cc79a7', '868d97'].filter((name) => seen.has(parseInt(name, 16)));
    }""")
    assert len(colours) == 5  # those of the five kinds


def test_browser_search_finds_an_alias_and_opens_the_panel_with_the_sentence(visit):
    tab = visit("sample.html")
    search(tab, "lunar-ray")
    assert "Moonbeam also Lunar Ray Tuning" in tab.text_content("#found li >> nth=0")
    tab.keyboard.press("Enter")
    assert tab.text_content("#details h2") == "Moonbeam"
    assert SENTENCE in tab.text_content("#details")
    assert tab.text_content("#details mark") == "Moonbeam"
    assert "node=method%2Fmoonbeam" in tab.url


def test_browser_click_on_a_node_opens_its_panel_and_escape_closes_it(visit):
    tab = visit("sample.html")
    click_node(tab, "benchmark/teapotqa")
    assert tab.text_content("#details h2") == "TeapotQA"
    assert "evaluated on by" in tab.text_content("#details")
    tab.keyboard.press("Escape")
    assert tab.query_selector("#details h2") is None


def test_browser_edge_says_why(visit):
    tab = visit("sample.html", "#edge=paper/p1+evaluatesOn+benchmark/teapotqa")
    panel = tab.text_content("#details")
    assert "Why this edge is here" in panel
    assert SENTENCE in panel
    assert "build-on" in panel
    assert "confidence 0.80" in panel
    assert tab.text_content("#details mark") == "TeapotQA"


def test_browser_filters_change_the_counts_and_can_be_cleared(visit):
    tab = visit("sample.html")
    tab.click("#kinds label:has-text('Papers')")
    assert counts(tab) == (5, 1)
    assert tab.text_content("#counts") == "5 of 7 nodes · 1 of 7 edges"
    tab.click("#clear")
    tab.click("#predicates label:has-text('uses')")
    assert counts(tab) == (6, 5)
    tab.click("#clear")
    tab.fill("#conf", "0.75")
    assert counts(tab) == (5, 4)
    tab.click("#clear")
    tab.fill("#year-from", "2024")
    assert counts(tab) == (5, 4)
    tab.click("#clear")
    assert counts(tab) == (7, 7)


def test_browser_focus_expand_and_back(visit):
    tab = visit("sample.html", "#node=benchmark/teapotqa")
    tab.keyboard.press("f")
    assert counts(tab)[0] == 2
    tab.keyboard.press("e")
    assert counts(tab)[0] == 4
    tab.keyboard.press("b")
    tab.keyboard.press("b")
    assert counts(tab) == (7, 7)
    assert tab.is_disabled("#back")


def test_browser_shortest_path_shows_its_steps(visit):
    tab = visit("sample.html", "#node=benchmark/teapotqa")
    tab.keyboard.press("p")
    search(tab, "kettle")
    tab.keyboard.press("Enter")
    assert tab.text_content("#details .facts") == "4 steps"
    assert "path=benchmark%2Fteapotqa+model%2Fkettle-7b" in tab.url


def test_browser_fragment_restores_the_view(visit):
    tab = visit("sample.html", "#focus=method/moonbeam&steps=1&node=method/moonbeam&not=uses&theme=dark")
    assert counts(tab)[0] == 4
    assert tab.get_attribute("html", "data-theme") == "dark"
    assert tab.text_content("#details h2") == "Moonbeam"


def test_browser_links_only_to_an_arxiv_identifier(visit):
    tab = visit("sample.html", "#node=paper/p1")
    link = tab.query_selector("#details a")
    assert link.get_attribute("href") == "https://arxiv.org/abs/2301.00001"
    assert "noreferrer" in link.get_attribute("rel")
    search(tab, "without moons")
    tab.keyboard.press("Enter")
    assert tab.query_selector("#details a") is None


def test_browser_hostile_names_run_nothing_and_read_as_text(visit):
    tab = visit("hostile.html")
    assert counts(tab)[0] == 10
    for number in range(10):
        tab.evaluate("n => { location.hash = '#node=method/h' + n }", number)
        tab.wait_for_function(
            "n => document.querySelector('#details h2') && location.hash.includes('h' + n)", arg=number
        )
        for button in tab.query_selector_all("#details .why[aria-expanded=false]"):
            button.click()
    search(tab, "img")
    tab.mouse.move(600, 400)
    assert tab.text_content("h1") == "</title><script>window.pwned=1</script>"
    assert "</script><img src=x onerror=window.pwned=1>" in tab.text_content("#found")
    assert tab.evaluate("window.pwned") is None
    assert tab.evaluate("document.querySelectorAll('img, iframe, a[href^=javascript], script').length") == 3


def test_browser_csv_disarms_formulas(visit):
    tab = visit("hostile.html")
    with tab.expect_download() as download:
        tab.click("#more")
        tab.click("#save-csv")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


def test_browser_saves_a_picture(visit):
    tab = visit("sample.html")
    with tab.expect_download() as download:
        tab.click("#more")
        tab.click("#save-png")
    assert download.value.suggested_filename == "teapots.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_browser_follows_the_system_into_the_dark(visit):
    tab = visit("sample.html", color_scheme="dark")
    assert tab.get_attribute("html", "data-theme") == "dark"
    tab.keyboard.press("t")
    assert tab.get_attribute("html", "data-theme") == "light"


def test_browser_shows_an_empty_graph_kindly(visit):
    tab = visit("empty.html")
    assert "Nothing is in this selection" in tab.text_content("#details")
    assert tab.text_content("#counts") == "0 nodes · 0 edges"


def test_browser_on_a_phone_fits_and_slides_the_panel_up(browser, files):
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True)
    tab = context.new_page()
    tab.goto((files / "sample.html").as_uri() + "#node=method/moonbeam")
    tab.wait_for_function("window.__kg_ready")
    box = tab.query_selector("#panel").bounding_box()
    assert box["width"] == 390
    assert box["y"] > 350
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
