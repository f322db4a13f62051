/** Finds the language server's program. */
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

const SERVER = "smallcode-lsp";

export interface Surroundings {
  /** The setting smallcode.path; empty where it is not set. */
  configured: string;
  /** The workspace's folders, as paths. */
  folders: readonly string[];
  trusted: boolean;
  /** The variable PATH. */
  path: string;
  windows: boolean;
}

export interface ServerCommand {
  command: string;
  args: string[];
}

/** The setting, else a trusted workspace's .venv, else PATH, else uvx; undefined where none of them has it. */
export function locateServer(where: Surroundings): ServerCommand | undefined {
  if (where.configured !== "") {
    return asCommand(resolveConfigured(where));
  }
  const inWorkspace = where.trusted
    ? where.folders.map((folder) => join(folder, ".venv", where.windows ? "Scripts" : "bin"))
    : [];
  const server = findProgram(SERVER, [...inWorkspace, ...pathFolders(where)], where.windows);
  if (server !== undefined) {
    return asCommand(server);
  }
  return asCommand(findProgram("uvx", pathFolders(where), where.windows), ["--from", SERVER, SERVER]);
}

function resolveConfigured(where: Surroundings): string | undefined {
  const program = where.configured.replace(/^~(?=[/\\])/, homedir());
  if (/[/\\]/.test(program)) {
    return isAbsolute(program) && isProgram(program) ? program : undefined;
  }
  return findProgram(program, pathFolders(where), where.windows);
}

/** Relative entries are left out: with them the workspace would decide what runs. */
function pathFolders(where: Surroundings): string[] {
  return where.path.split(delimiter).filter((folder) => isAbsolute(folder));
}

function findProgram(name: string, folders: readonly string[], windows: boolean): string | undefined {
  return folders.map((folder) => join(folder, windows ? `${name}.exe` : name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function asCommand(command: string | undefined, args: string[] = []): ServerCommand | undefined {
  return command === undefined ? undefined : { command, args };
}
