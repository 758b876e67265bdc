"""Draws charts in headless Chromium, and looks at the drawn page: everything has a place, and nothing is cut off."""
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SCRIPT = """
<script>
const svg = document.querySelector("svg.gantt"), box = svg.getBoundingClientRect();
const seen = (query) => [...svg.querySelectorAll(query)].map((one) => one.getBoundingClientRect());
const inside = (one) => one.left >= box.left - 1 && one.right <= box.right + 1 && one.top >= box.top && one.bottom <= box.bottom + 1;
const drawn = [...seen("rect.bar"), ...seen("path.milestone"), ...seen("text")];
document.body.setAttribute("data-seen", JSON.stringify({
  bars: seen("rect.bar").length, reports: seen("path.milestone").length, shaded: seen("rect.weekend, rect.holiday").length,
  empty: seen("rect.bar").filter((one) => one.width < 1 || one.height < 1).length,
  outside: drawn.filter((one) => !inside(one)).length,
  late: [...svg.querySelectorAll("rect.late")].filter((one) => !getComputedStyle(one).fill.includes("url")).length,
  named: svg.getAttribute("role") === "img" && svg.getAttribute("aria-labelledby").split(" ").every((id) => document.getElementById(id)),
  scripts: svg.querySelectorAll("script, b").length,
}));
</script>
"""

for path in sys.argv[1:]:
    chart = pathlib.Path(path).read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><body>{chart}{SCRIPT}</body>", "utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--dump-dom", page.as_uri()]
        dom = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
    found = re.search(r'data-seen="([^"]*)"', dom)
    assert found, f"{path}: the page did not run"
    seen = json.loads(html.unescape(found.group(1)))
    assert seen["bars"] >= 5 and seen["reports"] >= 1 and seen["shaded"] >= 20, (path, seen)
    assert seen["empty"] == 0 and seen["outside"] == 0 and seen["late"] == 0 and seen["scripts"] == 0 and seen["named"], (path, seen)
    print(f"   {seen['bars']} bars, {seen['shaded']} days off")
