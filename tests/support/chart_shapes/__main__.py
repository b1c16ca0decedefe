"""Draws every shape: `python -m tests.support.chart_shapes FOLDER`, in the console's own script, at desktop and phone width."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.support.chart_shapes import SHAPES


def write_gallery(folder: Path) -> Path:
    """Write a page that draws every shape that has a chart, by the console's own script."""
    static = Path(__file__).parents[3] / "motabot" / "web" / "console" / "static"
    folder.mkdir(parents=True, exist_ok=True)
    tables = json.dumps([shape.table() for shape in SHAPES if shape.chart], default=str)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{static.as_uri()}/console.css"></head><body><main id="talk"></main>'
        f'<script src="{static.as_uri()}/chart.js"></script><script src="{static.as_uri()}/tables.js"></script>'
        f"<script>for (const each of {tables}) drawTable(document.getElementById('talk'), each);</script></body></html>"
    )
    path = folder / "gallery.html"
    path.write_text(page, encoding="utf-8")
    return path


def draw(folder: Path) -> None:
    """Take pictures of the gallery at desktop and phone width."""
    from playwright.sync_api import sync_playwright

    path = write_gallery(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, width in (("desktop", 1100), ("phone", 390)):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.goto(path.as_uri())
            for n, figure in enumerate(tab.query_selector_all(".chart")):
                figure.screenshot(path=str(folder / f"{name}-{n:02}.png"))
            tab.screenshot(path=str(folder / f"{name}.png"), full_page=True)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
