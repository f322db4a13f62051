"""Whom the calls of TypeScript and JavaScript mean. Each project lists every call edge."""

from __future__ import annotations

import pytest
from graph_projects import graph_of, shown, split

CASES = {
    "imports by name, as another, default and all of it": (
        """
--- lib/a.ts
export function f() {}
export default function main() {}
function hidden() {}
export class C { m() {} static s() {} }
--- use.ts
import start, { f as g, C, hidden } from "./lib/a";
import * as a from "./lib/a.js";
g(); start(); a.f(); a.default(); hidden(); a.hidden(); C.s(); new a.C();
""",
        ["use.ts -> lib/a.ts:f", "use.ts -> lib/a.ts:main", "use.ts -> lib/a.ts:C.s", "use.ts -> lib/a.ts:C"],
    ),
    "a barrel, with names that change on the way": (
        """
--- src/index.ts
export * from "./one";
export { inner as outer } from "./two";
export * as all from "./two";
import { kept } from "./two";
export { kept as given };
--- src/one.ts
export const one = () => 1;
export default function lost() {}
--- src/two.ts
export function inner() {}
export function kept() {}
--- app.ts
import lost, { one, outer, all, given, inner } from "./src";
one(); outer(); all.kept(); given(); inner(); lost();
""",
        ["app.ts -> src/one.ts:one", "app.ts -> src/two.ts:inner", "app.ts -> src/two.ts:kept"],
    ),
    "barrels that export each other": (
        """
--- a.ts
export * from "./b";
export function f() {}
--- b.ts
export * from "./a";
export function g() {}
--- use.ts
import { f, g, none } from "./a";
f(); g(); none();
""",
        ["use.ts -> a.ts:f", "use.ts -> b.ts:g"],
    ),
    "classes: this, super, inherited, static, fields": (
        """
--- a.ts
export class A { m() {} only() {} static make() { return this.help(); } static help() {} }
export class Part { go() {} }
--- b.ts
import { A, Part } from "./a";
class B extends A {
  part = new Part();
  other: Part;
  constructor(private readonly own: Part, loose) { super(); this.loose = loose; }
  m() { super.m(); this.only(); this.part.go(); this.other.go(); this.own.go(); this.loose.go(); }
  arrow = () => { this.m(); };
  callback() { list.map(function () { this.none(); }); }
}
B.make();
""",
        [
            "a.ts:A.make -> a.ts:A.help",
            "b.ts:B -> a.ts:Part",
            "b.ts:B.m -> a.ts:A.m",
            "b.ts:B.m -> a.ts:A.only",
            "b.ts:B.m -> a.ts:Part.go",
            "b.ts:B.arrow -> b.ts:B.m",
            "b.ts -> a.ts:A.make",
        ],
    ),
    "types of parameters, variables, results and interfaces": (
        """
--- a.ts
export interface Runner { run(): Result; hook: () => void }
export class Result { done() {} }
export function make(): Promise<Result> { return x; }
export function made() { return new Result(); }
export async function use(r: Runner, loose) {
  r.run().done();
  r.hook();
  const one = await make();
  one.done();
  const two = made();
  two.done();
  loose.run();
  let three: Runner | null = null;
  three.run();
}
""",
        [
            "a.ts:made -> a.ts:Result",
            "a.ts:use -> a.ts:Runner.run",
            "a.ts:use -> a.ts:Runner.hook",
            "a.ts:use -> a.ts:make",
            "a.ts:use -> a.ts:made",
            "a.ts:use -> a.ts:Result.done",
        ],
    ),
    "a parameter hides a function": (
        """
--- a.ts
function f() {}
function use(f: () => void, { g }: Options) { f(); g(); }
function g() {}
""",
        [],
    ),
    "namespaces, and members of an object": (
        """
--- a.ts
namespace N { export function inside() { near(); } function near() {} }
export const api = { first() { this.second(); }, second: () => 1 };
N.inside();
api.first();
""",
        [
            "a.ts:N.inside -> a.ts:N.near",
            "a.ts:api.first -> a.ts:api.second",
            "a.ts -> a.ts:N.inside",
            "a.ts -> a.ts:api.first",
        ],
    ),
    "CommonJS": (
        """
--- lib.js
function f() {}
exports.g = function () { f(); };
exports.renamed = f;
--- one.js
class One { go() {} }
module.exports = One;
--- use.js
const lib = require("./lib");
const { g, renamed: r } = require("./lib");
const One = require("./one");
lib.g(); g(); r(); lib.f();
const one = new One();
one.go();
""",
        [
            "lib.js:g -> lib.js:f",
            "use.js -> lib.js:g",
            "use.js -> lib.js:f",
            "use.js -> one.js:One",
            "use.js -> one.js:One.go",
        ],
    ),
    "files: an index, an extension that will be, a base folder, a prefix": (
        """
--- src/util/index.ts
export function u() {}
--- src/view.tsx
export function v() {}
--- src/app.ts
import { u } from "./util";
import { v } from "./view.jsx";
import { u as again } from "@/util";
import { v as base } from "src/view";
import { u as outside } from "util";
u(); v(); again(); base(); outside();
""",
        ["src/app.ts -> src/util/index.ts:u", "src/app.ts -> src/view.tsx:v"],
    ),
    "a name in common is no edge": (
        """
--- a.ts
export class A { run() {} }
export function stop() {}
--- b.ts
thing.run(); stop(); this.run(); new Missing().run();
""",
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_calls(name: str) -> None:
    project, expected = CASES[name]
    assert shown(graph_of(split(project))) == set(expected)


def test_bases_and_interfaces() -> None:
    graph = graph_of(
        split("""
--- a.ts
export class A { m() {} }
export interface I extends J { m(): void }
interface J {}
--- b.ts
import { A, I } from "./a";
class B extends A implements I { m() {} }
""")
    )
    assert shown(graph, "inherits") == {"b.ts:B -> a.ts:A", "b.ts:B -> a.ts:I", "a.ts:I -> a.ts:J"}
    assert shown(graph, "overrides") == {"b.ts:B.m -> a.ts:A.m"}
