import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { after, test } from "node:test";

import { locateServer } from "../src/locate";
import type { ServerCommand, Surroundings } from "../src/locate";

const root = mkdtempSync(join(tmpdir(), "smallcode locate "));
after(() => {
  rmSync(root, { recursive: true });
});

function program(...parts: string[]): string {
  const file = join(root, ...parts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  chmodSync(file, 0o755);
  return file;
}

const own = program("own", "server");
const inWorkspace = program("ws", ".venv", "bin", "smallcode-lsp");
const onPath = program("path", "smallcode-lsp");
const uvx = program("uv", "uvx");
writeFileSync(join(root, "no-program"), "");
mkdirSync(join(root, "folder", "smallcode-lsp"), { recursive: true });

function check(name: string, where: Partial<Surroundings>, expected: ServerCommand | undefined): void {
  void test(name, () => {
    const surroundings = { configured: "", folders: [], trusted: true, path: "", windows: false, ...where };
    assert.deepEqual(locateServer(surroundings), expected);
  });
}

const folders = [join(root, "ws")];
const path = [join(root, "folder"), join(root, "uv"), join(root, "path")].join(delimiter);

check("the setting comes first", { configured: own, folders, path }, { command: own, args: [] });
check(
  "a setting that is no program hides nothing",
  { configured: join(root, "no-program"), folders, path },
  undefined,
);
check("a relative setting is refused", { configured: relative(process.cwd(), own) }, undefined);
check("a bare name is looked up", { configured: "uvx", path }, { command: uvx, args: [] });
check("then the workspace's .venv", { folders, path }, { command: inWorkspace, args: [] });
check("which must be trusted", { folders, path, trusted: false }, { command: onPath, args: [] });
check(
  "a relative entry of PATH does not count",
  { path: relative(process.cwd(), dirname(onPath)) },
  undefined,
);
check(
  "then uvx",
  { path: join(root, "uv") },
  { command: uvx, args: ["--from", "smallcode-lsp", "smallcode-lsp"] },
);
check("else nothing", {}, undefined);
