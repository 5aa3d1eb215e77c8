"""Slider to new plan in the what-if room, measured in a browser on a release build.

Moves a slider of the page and waits until the new plan stands in it, drawn: 20 times on each of two parks, every time
to a state that nobody has asked for before. Says median, slowest and fastest.
"""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "judges"))
from browser import chromium, join, plans, until  # noqa: E402
from serve_client import Server  # noqa: E402

PARKS = ["kalundborg", "kwinana"]
MOVES = 20
# Moves the slider and takes the time until the page has put the plan in and has been painted.
MOVE = """
const [field, value, done] = arguments;
const room = document.getElementById("room");
const start = performance.now();
const watch = new MutationObserver(() => {
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
});
watch.observe(room, {attributes: true, attributeFilter: ["data-plans"]});
const input = document.getElementById("l-" + field);
input.value = value;
input.dispatchEvent(new Event("input", {bubbles: true}));
"""


def measure(driver, address, park):
    driver.get(f"{address}/parks/{park}/room")
    until(driver, lambda: driver.find_elements("id", "summary"), 120)
    top = float(driver.find_element("id", "l-carbon_price").get_attribute("max"))
    driver.set_script_timeout(60)
    times = []
    for step in range(MOVES):
        # Two sliders in turn, so that no state comes twice; the front gets no time to begin.
        if step % 2:
            times.append(driver.execute_async_script(MOVE, "power_price", str(105 + 5 * step)))
        else:
            times.append(driver.execute_async_script(MOVE, "carbon_price", str(top * (step + 1) / 40)))
    assert plans(driver) == MOVES, plans(driver)
    return [each / 1000 for each in times]


def main():
    binary = str(ROOT / ".build" / "release" / "lichen-server")
    print("| park | median [s] | fastest [s] | slowest [s] |\n|---|---|---|---|")
    slow = []
    with Server(binary) as server, chromium() as driver:
        join(driver, server.link)
        for park in PARKS:
            times = measure(driver, server.root, park)
            median = statistics.median(times)
            print(f"| {park} | {median:.2f} | {min(times):.2f} | {max(times):.2f} |")
            if median >= 1:
                slow.append(park)
    if slow:
        sys.exit(f"not under a second: {', '.join(slow)}")


if __name__ == "__main__":
    main()
