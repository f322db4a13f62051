// Stands in for VS Code's logger, a native module that would have to be compiled. The editor writes its log files and
// the contents of output views through it; without it they stay empty.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const NAMES = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  constructor(kind, name, file) {
    this.file = file;
    this.level = 0;
    this.plain = false;
  }
  write(level, message) {
    if (level < this.level) return;
    const line = this.plain ? message : `${new Date().toISOString()} [${NAMES[level]}] ${message}\n`;
    fs.appendFileSync(this.file, line);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  clearFormatters() {
    this.plain = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}
NAMES.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
});

async function createLogger(name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger("file", name, file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
