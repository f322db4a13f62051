from __future__ import annotations

import re
from collections.abc import Mapping

from .base import Ecosystem, Facts, Layout, Tests, known

# By the path of their module, without the version at its end.
_FRAMEWORKS: Mapping[str, str] = {
    "github.com/gin-gonic/gin": "Gin", "github.com/labstack/echo": "Echo",
    "github.com/gofiber/fiber": "Fiber",
    "github.com/go-chi/chi": "chi", "github.com/gorilla/mux": "gorilla/mux", "google.golang.org/grpc": "gRPC",
    "gorm.io/gorm": "GORM", "github.com/spf13/cobra": "Cobra",
    "github.com/charmbracelet/bubbletea": "Bubble Tea", "github.com/stretchr/testify": "testify",
}  # fmt: skip

MOST_FRAMEWORKS = 4

_MODULE = re.compile(r"^module\s+(\S+)", re.MULTILINE)
_VERSION = re.compile(r"^go\s+([\d.]+\S*)", re.MULTILINE)
_TOOLCHAIN = re.compile(r"^toolchain\s+(\S+)", re.MULTILINE)
_REQUIRE = re.compile(r"^(?:require)?\s+(\S+?)(?:/v\d+)?\s+v\d", re.MULTILINE)


def _read(layout: Layout) -> Facts:
    text = layout.text("go.mod") or layout.text("go.work")
    version, toolchain, module = _VERSION.search(text), _TOOLCHAIN.search(text), _MODULE.search(text)
    runtime = f"Go {version[1]}" if version else "Go"
    commands = sorted(name for name in layout.names if re.fullmatch(r"cmd/[^/.]+", name))[:2]
    entry = ("main.go",) if layout.has("main.go") else tuple(commands)
    return Facts(
        "Go",
        runtime=f"{runtime}, {toolchain[1]}" if toolchain else runtime,
        packages=f"module {module[1]}" if module else "go modules",
        frameworks=known(_FRAMEWORKS, frozenset(_REQUIRE.findall(text)))[:MOST_FRAMEWORKS],
        entry=entry,
        build="go build ./...",
        run="go run ." if layout.has("main.go") else f"go run ./{commands[0]}" if commands else "",
        tests=Tests("go test", "go test ./..."),
    )


GO = Ecosystem(
    "Go",
    signs=("go.mod", "go.work"),
    manifests=("go.mod", "go.work"),
    read=_read,
    folders=("cmd",),
)
