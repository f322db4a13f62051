// Call sites and definitions of TypeScript files, as TypeScript's own parser sees them. Usage:
//   node callsites.cjs TYPESCRIPT ROOT         prints each call of a name or a member as a JSON line
//   node callsites.cjs TYPESCRIPT ROOT FILE…   prints what is defined where in these files
// Paths are relative to ROOT; lines count from 1, columns from 0 in UTF-16 units.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const [typescript, root, ...files] = process.argv.slice(2);
const ts = require(typescript);

function* walk(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") yield* walk(full);
    } else if (/\.tsx?$/.test(entry.name) && !/\.d\.ts$/.test(entry.name)) {
      yield full;
    }
  }
}

function read(full) {
  return ts.createSourceFile(full, fs.readFileSync(full, "utf8"), ts.ScriptTarget.Latest, true);
}

function place(source, node) {
  const at = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { line: at.line + 1, column: at.character };
}

function callee(node) {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  let called = node.expression;
  while (ts.isNonNullExpression(called) || ts.isParenthesizedExpression(called)) called = called.expression;
  if (ts.isIdentifier(called)) return called;
  if (ts.isPropertyAccessExpression(called)) return called.name;
  return undefined;
}

function isFunction(node) {
  while (node && (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))) node = node.expression;
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

const NAMED = [
  ["class", (node) => ts.isClassDeclaration(node) || ts.isClassExpression(node)],
  ["function", (node) => ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)],
  ["method", (node) => ts.isMethodDeclaration(node) || ts.isAccessor(node)],
  ["function", (node) => ts.isVariableDeclaration(node) && isFunction(node.initializer)],
  ["method", (node) => ts.isPropertyDeclaration(node) && isFunction(node.initializer)],
  ["property", (node) => ts.isPropertyAssignment(node) && isFunction(node.initializer)],
  ["signature", (node) => ts.isMethodSignature(node) || ts.isPropertySignature(node)],
  ["interface", (node) => ts.isInterfaceDeclaration(node)],
];

function defined(source, node) {
  if (ts.isConstructorDeclaration(node)) return { kind: "constructor", ...place(source, node) };
  const found = NAMED.find(([, holds]) => holds(node));
  if (!found || !node.name) return undefined;
  return { kind: found[0], name: node.name.getText(source), ...place(source, node.name) };
}

const lines = [];
for (const full of files.length ? files.map((file) => path.join(root, file)) : walk(root)) {
  const source = read(full);
  const relative = path.relative(root, full).split(path.sep).join("/");
  const visit = (node) => {
    if (files.length) {
      const one = defined(source, node);
      if (one) lines.push(JSON.stringify({ path: relative, ...one }));
    } else {
      const name = callee(node);
      if (name) lines.push(JSON.stringify({ path: relative, name: name.text, ...place(source, name) }));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
process.stdout.write(`${lines.join("\n")}\n`);
