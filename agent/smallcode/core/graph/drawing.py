"""The neighbourhood of a symbol as a picture: who uses it on the left, what it uses on the right.

A layered drawing after Sugiyama, Tagawa and Toda (1981), whose layers are given: the steps from the symbol.
Within a layer the order is that of the barycentres of neighbours, which keeps crossings few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

from .describe import place, title
from .facts import NOWHERE
from .graph import Symbol
from .lookup import Lookup
from .walk import Neighbours, neighbours

# Pixels. A character of a monospaced font is 0.6 of its size wide.
CHAR = 7.2
LINE = 17
BOX_HEIGHT = 44
PADDING = 10
GAP_X, GAP_Y = 90, 14
MARGIN = 24
TOP = 56

LONGEST_LABEL = 36

# Boxes in one layer; the others are counted in a box of their own.
MOST_IN_LAYER = 12
SECOND_CALLEES = 3
MOST_SECOND = 12

_LAYER = {"caller": -1, "derived": -1, "owner": -1, "callee": 1, "base": 1, "member": 1}
_ROUNDS = 4

# Plain colours first: many viewers know neither variables nor what the user prefers.
STYLE = """\
svg { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.paper { fill: #ffffff; } .box { fill: #f6f8fa; stroke: #d1d9e0; }
.box.own { stroke: #0969da; stroke-width: 2; }
.name { fill: #1f2328; font-size: 12px; } .own-name { font-weight: 700; }
.place { fill: #59636e; font-size: 10.5px; } .head { fill: #59636e; font-size: 12px; }
.edge { fill: none; stroke: #818b98; stroke-width: 1.3; } .tip { fill: #818b98; }
.inherits { stroke-dasharray: 5 4; } .member { stroke-dasharray: 1 4; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; } .box { fill: #151b23; stroke: #3d444d; } .box.own { stroke: #4493f8; }
  .name { fill: #f0f6fc; } .place, .head { fill: #9198a1; }
  .edge { stroke: #767e89; } .tip { fill: #767e89; }
}"""


@dataclass(slots=True)
class _Node:
    key: int
    layer: int
    name: str
    where: str
    own: bool = False
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class _Link:
    """From who uses to what is used."""

    source: int
    target: int
    style: str


@dataclass(slots=True)
class _Picture:
    nodes: dict[int, _Node] = field(default_factory=dict)
    links: list[_Link] = field(default_factory=list)

    def layer(self, number: int) -> list[_Node]:
        return [node for node in self.nodes.values() if node.layer == number]


def draw(lookup: Lookup, symbol: Symbol) -> str:
    """An SVG document that follows the viewer's light or dark setting; the same bytes each time."""
    picture = _picture(lookup, symbol)
    width, height = _lay_out(picture)
    return _svg(picture, width, height, f"{title(symbol)}: who uses it, and what it uses")


# --- what is in it -------------------------------------------------------------------------------------


def _picture(lookup: Lookup, symbol: Symbol) -> _Picture:
    picture = _Picture()
    picture.nodes[symbol.id] = _node(symbol, 0, own=True)
    counts: dict[int, int] = {}
    callees: list[Symbol] = []
    for found in sorted(neighbours(lookup, symbol), key=lambda one: _ORDER.index(one.relation)):
        layer = _LAYER[found.relation]
        for one in found.symbols:
            if one.id in picture.nodes:
                continue
            if counts.get(layer, 0) >= MOST_IN_LAYER:
                break
            counts[layer] = counts.get(layer, 0) + 1
            picture.nodes[one.id] = _node(one, layer)
            picture.links.append(_link(symbol, one, found))
            if layer == 1:
                callees.append(one)
        _count_others(picture, symbol, found, layer)
    _second_layer(lookup, picture, callees)
    return picture


_ORDER = ("owner", "caller", "derived", "base", "callee", "member")


def _second_layer(lookup: Lookup, picture: _Picture, callees: Sequence[Symbol]) -> None:
    """What is called by what is called, where there is room, and edges within the picture."""
    added = 0
    for one in callees:
        taken = 0
        for edge in lookup.graph.callees(one.id):
            target = lookup.graph.symbol(edge.target)
            if target is None or target.id == one.id:
                continue
            known = picture.nodes.get(target.id)
            if known is None and taken < SECOND_CALLEES and added < MOST_SECOND:
                known = picture.nodes[target.id] = _node(target, 2)
                taken, added = taken + 1, added + 1
            link = _Link(one.id, target.id, "calls")
            if known is not None and known.layer == 2 and link not in picture.links:
                picture.links.append(link)


def _count_others(picture: _Picture, symbol: Symbol, found: Neighbours, layer: int) -> None:
    shown = sum(one.id in picture.nodes for one in found.symbols)
    if found.total <= shown:
        return
    key = -(len(picture.nodes) + 1)
    least = "at least " if found.least else ""
    words = {"caller": "callers", "callee": "callees", "base": "bases", "member": "members"}
    what = words.get(found.relation, found.relation)
    picture.nodes[key] = _Node(
        key, layer, f"… {least}{found.total - shown} more", f"{what} in all: {found.total}"
    )
    own, other = symbol.id, key
    style = _style(found)
    picture.links.append(_Link(other, own, style) if layer < 0 else _Link(own, other, style))


def _node(symbol: Symbol, layer: int, *, own: bool = False) -> _Node:
    name = symbol.path.rpartition("/")[2] if symbol.index == NOWHERE else title(symbol)
    return _Node(symbol.id, layer, _cut(name), _cut(place(symbol)), own)


def _link(symbol: Symbol, other: Symbol, found: Neighbours) -> _Link:
    style = _style(found)
    if _LAYER[found.relation] < 0:
        return _Link(other.id, symbol.id, style)
    return _Link(symbol.id, other.id, style)


def _style(found: Neighbours) -> str:
    if found.relation in ("base", "derived"):
        return "inherits"
    return "member" if found.relation in ("member", "owner") else "calls"


def _cut(text: str) -> str:
    """The end of a path and of a dotted name tells more than its beginning."""
    return text if len(text) <= LONGEST_LABEL else f"…{text[-(LONGEST_LABEL - 1) :]}"


# --- where it stands -----------------------------------------------------------------------------------


def _lay_out(picture: _Picture) -> tuple[float, float]:
    """Set the places of the nodes; returns width and height of the whole."""
    layers = {number: picture.layer(number) for number in range(-1, 3)}
    _reduce_crossings(picture, layers)
    tallest = max(len(nodes) for nodes in layers.values())
    height = TOP + tallest * (BOX_HEIGHT + GAP_Y) - GAP_Y + MARGIN
    x = float(MARGIN)
    for number in sorted(layers):
        nodes = layers[number]
        if not nodes:
            continue
        width = max(max(len(node.name), len(node.where) * 0.9) for node in nodes) * CHAR + 2 * PADDING
        used = len(nodes) * (BOX_HEIGHT + GAP_Y) - GAP_Y
        y = TOP + (height - TOP - MARGIN - used) / 2
        for node in nodes:
            node.x, node.y, node.width = x, y, width
            y += BOX_HEIGHT + GAP_Y
        x += width + GAP_X
    return x - GAP_X + MARGIN, height


def _reduce_crossings(picture: _Picture, layers: Mapping[int, list[_Node]]) -> None:
    """Each layer by the mean place of its neighbours in the one before, from left to right and back."""
    linked: dict[int, list[int]] = {}
    for link in picture.links:
        linked.setdefault(link.source, []).append(link.target)
        linked.setdefault(link.target, []).append(link.source)
    for sweep in range(_ROUNDS):
        numbers = sorted(layers, reverse=bool(sweep % 2))
        for before, number in pairwise(numbers):
            places = {node.key: place for place, node in enumerate(layers[before])}
            means = {
                node.key: _mean([places[key] for key in linked.get(node.key, ()) if key in places], place)
                for place, node in enumerate(layers[number])
            }
            layers[number].sort(key=lambda node, means=means: means[node.key])  # type: ignore[misc]


def _mean(places: Sequence[int], otherwise: int) -> float:
    return sum(places) / len(places) if places else float(otherwise)


# --- how it is written ---------------------------------------------------------------------------------


def _svg(picture: _Picture, width: float, height: float, heading: str) -> str:
    width = max(width, len(heading) * CHAR + 2 * MARGIN)
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{_attribute(heading)}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
        ' orient="auto"><path class="tip" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
        f'<rect class="paper" width="{width:.0f}" height="{height:.0f}"/>',
        f'<text class="head" x="{MARGIN}" y="28">{escape(heading)}</text>',
        *(_path(picture.nodes[link.source], picture.nodes[link.target], link) for link in picture.links),
        *(row for node in picture.nodes.values() for row in _box(node)),
        "</svg>",
    ]
    return "\n".join(rows) + "\n"


def _path(source: _Node, target: _Node, link: _Link) -> str:
    """A curve from the right edge of who uses to the left edge of what is used."""
    x0, y0 = source.x + source.width, source.y + BOX_HEIGHT / 2
    x1, y1 = target.x, target.y + BOX_HEIGHT / 2
    bend = max((x1 - x0) / 2, GAP_X / 2)
    curve = f"M{x0:.0f} {y0:.0f} C{x0 + bend:.0f} {y0:.0f} {x1 - bend:.0f} {y1:.0f} {x1 - 1:.0f} {y1:.0f}"
    return f'<path class="edge {link.style}" d="{curve}" marker-end="url(#tip)"/>'


def _box(node: _Node) -> Iterator[str]:
    own = " own" if node.own else ""
    yield (
        f'<rect class="box{own}" x="{node.x:.0f}" y="{node.y:.0f}" width="{node.width:.0f}"'
        f' height="{BOX_HEIGHT}" rx="6"/>'
    )
    bold = " own-name" if node.own else ""
    x, y = node.x + PADDING, node.y + 18
    yield f'<text class="name{bold}" x="{x:.0f}" y="{y:.0f}">{escape(node.name)}</text>'
    yield f'<text class="place" x="{x:.0f}" y="{y + LINE:.0f}">{escape(node.where)}</text>'


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
