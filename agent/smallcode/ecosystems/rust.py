from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from .base import Ecosystem, Facts, Layout, Tests, known

_FRAMEWORKS: Mapping[str, str] = {
    "axum": "axum", "actix-web": "Actix Web", "rocket": "Rocket", "warp": "warp", "leptos": "Leptos",
    "tauri": "Tauri", "bevy": "Bevy", "tokio": "Tokio", "sqlx": "SQLx", "diesel": "Diesel", "clap": "clap",
    "serde": "Serde",
}  # fmt: skip

MOST_FRAMEWORKS = 4


def _read(layout: Layout) -> Facts:
    data = _toml(layout.text("Cargo.toml"))
    package, workspace = _table(data, "package"), _table(data, "workspace")
    members = workspace.get("members")
    names = [one for one in members if isinstance(one, str)] if isinstance(members, list) else []
    depends = frozenset(
        [*_table(data, "dependencies"), *_table(data, "dev-dependencies"), *_table(workspace, "dependencies")]
    )
    targets = data.get("bin")
    listed = targets if isinstance(targets, list) else []
    paths = [one["path"] for one in listed if isinstance(one, Mapping) and isinstance(one.get("path"), str)]
    binary = bool(paths) or layout.has("src/main.rs")
    there = [path for path in ("src/main.rs", "src/lib.rs") if layout.has(path)]
    return Facts(
        "Rust",
        runtime=_runtime(layout, package or _table(workspace, "package")),
        packages=f"cargo workspace of {', '.join(names[:5])}" if names else "cargo",
        frameworks=known(_FRAMEWORKS, depends)[:MOST_FRAMEWORKS],
        entry=tuple(dict.fromkeys([*paths[:2], *there])),
        build="cargo build",
        run="cargo run" if binary else "",
        tests=Tests("cargo", "cargo test"),
    )


def _runtime(layout: Layout, package: Mapping[str, Any]) -> str:
    told = ["Rust"]
    wanted, edition = package.get("rust-version"), package.get("edition")
    if isinstance(wanted, str):
        told[0] = f"Rust >={wanted}"
    if isinstance(edition, str):
        told.append(f"edition {edition}")
    pinned = _table(_toml(layout.text("rust-toolchain.toml")), "toolchain").get("channel")
    pinned = pinned or layout.text("rust-toolchain").strip().split("\n")[0]
    if isinstance(pinned, str) and pinned and "[" not in pinned:
        told.append(f"toolchain {pinned}")
    return ", ".join(told)


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


RUST = Ecosystem(
    "Rust",
    signs=("Cargo.toml",),
    manifests=("Cargo.toml", "rust-toolchain.toml", "rust-toolchain"),
    read=_read,
    folders=("src",),
)
