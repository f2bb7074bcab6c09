"""The README's pictures, taken from the demo graph's page in a real browser: `make pictures`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main(page_file: str) -> None:
    """Write each picture of the page into docs/pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium on this machine")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for scheme, name, steps in (("light", "page", ()), ("dark", "panel", ("LoRA",))):
            page = browser.new_page(viewport={"width": 1400, "height": 860}, color_scheme=scheme)
            page.goto(Path(page_file).resolve().as_uri())
            page.wait_for_function("window.__kg_ready")
            for words in steps:
                page.get_by_role("combobox").fill(words)
                page.keyboard.press("Enter")
                page.wait_for_timeout(1200)
            page.wait_for_timeout(600)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
