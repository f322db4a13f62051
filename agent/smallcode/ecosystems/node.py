from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .base import Ecosystem, Facts, Layout, Tests, known

_FRAMEWORKS: Mapping[str, str] = {
    "next": "Next.js", "nuxt": "Nuxt", "@remix-run/react": "Remix", "astro": "Astro",
    "@angular/core": "Angular", "@sveltejs/kit": "SvelteKit", "svelte": "Svelte", "vue": "Vue",
    "react-native": "React Native",
    "react": "React", "preact": "Preact", "solid-js": "Solid", "@nestjs/core": "NestJS", "express": "Express",
    "fastify": "Fastify", "koa": "Koa", "hono": "Hono", "electron": "Electron", "vite": "Vite",
    "typescript": "TypeScript",
}  # fmt: skip

MOST_FRAMEWORKS = 4

# By their lock files; npm where there is none.
_LOCKS = (
    ("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lockb", "bun"), ("bun.lock", "bun"),
    ("package-lock.json", "npm"),
)  # fmt: skip

# How a program of the project's own packages is run, without one being fetched that is not there.
_EXEC = {"npm": "npx --no-install", "pnpm": "pnpm exec", "yarn": "yarn", "bun": "bunx --no-install"}

_NO_TEST = "no test specified"


def _read(layout: Layout) -> Facts:
    package = _object(layout.text("package.json"))
    manager = _manager(layout, package)
    scripts = {key: value for key, value in _table(package, "scripts").items() if isinstance(value, str)}
    depends = frozenset(
        name
        for key in ("dependencies", "devDependencies", "peerDependencies")
        for name in _table(package, key)
    )
    return Facts(
        "Node",
        runtime=_runtime(layout, package),
        packages=f"{manager} workspaces" if package.get("workspaces") else manager,
        frameworks=known(_FRAMEWORKS, depends)[:MOST_FRAMEWORKS],
        entry=_entry(layout, package),
        build=f"{manager} run build" if "build" in scripts else "",
        run=next((f"{manager} run {name}" for name in ("dev", "start", "serve") if name in scripts), ""),
        tests=_tests(layout, scripts, depends, manager),
    )


def _runtime(layout: Layout, package: Mapping[str, Any]) -> str:
    engine = _table(package, "engines").get("node")
    pinned = layout.text(".nvmrc").strip() or layout.text(".node-version").strip()
    pinned = pinned or str(_table(package, "volta").get("node", ""))
    told = [f"Node {engine}" if isinstance(engine, str) else "Node"]
    return ", ".join([*told, f"pinned {pinned.split(chr(10))[0]}"] if pinned else told)


def _manager(layout: Layout, package: Mapping[str, Any]) -> str:
    """``packageManager`` is corepack's field, such as "pnpm@9.1.0"."""
    told = package.get("packageManager")
    named = told.partition("@")[0] if isinstance(told, str) else ""
    if named in _EXEC:
        return named
    return next((manager for lock, manager in _LOCKS if layout.has(lock)), "npm")


def _entry(layout: Layout, package: Mapping[str, Any]) -> tuple[str, ...]:
    binaries = package.get("bin")
    told = [package.get("main"), package.get("module")]
    told += [binaries] if isinstance(binaries, str) else list(_table(package, "bin").values())
    named = [path.removeprefix("./") for path in told if isinstance(path, str)]
    found = layout.first(
        "src/main.*s", "src/main.*sx", "src/index.*s", "src/index.*sx", "index.*s", "server.*s", "app.*s",
        "app/page.tsx", "src/App.*",
    )  # fmt: skip
    return tuple(dict.fromkeys([*named[:2], *([found] if found and not named else [])]))


def _tests(layout: Layout, scripts: Mapping[str, str], depends: frozenset[str], manager: str) -> Tests | None:
    """The script ``test`` where there is one. Vitest watches unless it is told to run once."""
    script = scripts.get("test", "")
    run = _EXEC[manager]
    if not script or _NO_TEST in script:
        if "vitest" in depends:
            return Tests("vitest", f"{run} vitest run")
        if "jest" in depends:
            return Tests("jest", f"{run} jest")
        by_itself = any("node:test" in text for name, text in layout.texts.items() if name != "package.json")
        return Tests("node:test", "node --test") if by_itself else None
    plain = re.fullmatch(r"(jest|vitest|node)\b[^&|;<>$]*", script)
    if plain is None:
        name = next(
            (one for one in ("vitest", "jest") if one in script), "jest" if "react-scripts" in script else ""
        )
        return Tests(name, f"{manager} test --" if name and manager == "npm" else f"{manager} test")
    if plain[1] == "node":
        return Tests("node:test", script) if "--test" in script else Tests("", f"{manager} test")
    if plain[1] == "jest":
        return Tests("jest", f"{run} {_without_watching(script)}")
    rest = _without_watching(script.removeprefix("vitest")).strip().removeprefix("run").strip()
    return Tests("vitest", f"{run} vitest run {rest}".rstrip())


def _without_watching(script: str) -> str:
    return re.sub(r"\s--?(?:watch(?:All)?|w|ui)\b(?:=\S+)?|\s(?:watch|dev)\b", "", script)


def _object(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


NODE = Ecosystem(
    "Node",
    signs=("package.json",),
    manifests=("package.json", ".nvmrc", ".node-version"),
    read=_read,
    folders=("src", "app", "test", "tests", "__tests__"),
    samples=("*.test.*js", "test/*.*js", "tests/*.*js", "src/*.test.*js"),
)
