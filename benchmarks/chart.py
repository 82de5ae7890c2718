"""A run as an SVG chart for the README: CPU per request, a group of bars an operation. Light and dark."""

from html import escape

from benchmarks.results import Results
from benchmarks.servers import NAIVE

_WIDTH, _LEFT, _RIGHT, _BAR, _GAP, _HEAD = 720, 264, 100, 16, 26, 44
_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 14px }
  .case { font-weight: 600 }
  .b0 { fill: #0969da } .b1 { fill: #54aeff } .b2 { fill: #bc4c00 } .b3 { fill: #8c959f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .b0 { fill: #4493f8 } .b1 { fill: #1f6feb } .b2 { fill: #db6d28 } .b3 { fill: #6e7681 }
  }
"""


def chart(results: Results) -> str:
    """Bars are linear, each group to the longest in it; the number behind a bar is its CPU-ms and the ratio."""
    servers = list(results.servers)
    parts, y = [], _HEAD
    for case in results.cases:
        parts.append(f'<text class="case" x="0" y="{y}">{escape(case)}</text>')
        y += 8
        costs = {server: results.of(case, server).cpu_ms for server in servers}
        for at, server in enumerate(servers):
            parts.append(_bar(y, at, server, costs[server] / max(costs.values()), _words(costs[server], costs[NAIVE])))
            y += _BAR + 4
        y += _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" role="img" '
        f'aria-label="CPU time per request by operation and server">\n<style>{_STYLE}</style>\n'
        f'<text class="title" x="0" y="16">CPU milliseconds per request (less is better)</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _bar(y: int, at: int, server: str, share: float, words: str) -> str:
    long = max(1.0, share * (_WIDTH - _LEFT - _RIGHT))
    base = y + _BAR - 4
    return (
        f'<text x="{_LEFT - 8}" y="{base}" text-anchor="end">{escape(server)}</text>'
        f'<rect class="b{at % 4}" x="{_LEFT}" y="{y}" width="{long:.1f}" height="{_BAR}" rx="2"/>'
        f'<text x="{_LEFT + long + 6:.1f}" y="{base}">{words}</text>'
    )


def _words(cost: float, base: float) -> str:
    return f"{cost:.2f}" if cost == base else f"{cost:.2f} · {base / cost:,.0f}×"
