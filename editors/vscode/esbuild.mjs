// Bundles the extension into out/extension.js; with --tests, each test into out/test/ for Node's own runner.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const tests = process.argv.includes("--tests");
const outdir = tests ? "out/test" : "out";

rmSync(outdir, { recursive: true, force: true });

await build({
  entryPoints: tests
    ? readdirSync("test")
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `test/${name}`)
    : ["src/extension.ts"],
  outdir,
  bundle: true,
  platform: "node",
  // The Node of VS Code 1.91, the oldest version that package.json admits.
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  sourcemap: !process.argv.includes("--minify"),
  minify: process.argv.includes("--minify"),
  logLevel: "warning",
});
