/** The custom methods and their shapes; docs/lsp-extensions.md describes each. */
import { NotificationType, RequestType } from "vscode-languageclient/node";
import type { Diagnostic, Position, Range } from "vscode-languageclient/node";

import type { TurnEvent, Usage } from "./events";

export interface TurnParams {
  prompt: string;
  sessionId?: string;
  textDocument?: { uri: string };
  range?: Range;
  mentions?: string[];
  diagnostics?: Diagnostic[];
  cursor?: Position;
}

export interface TurnResult {
  sessionId: string;
  turnId: string;
  stopReason: string;
  text: string;
  filesChanged: string[];
  usage: Usage;
}

export interface UpdateParams {
  sessionId: string;
  turnId: string;
  seq: number;
  event: TurnEvent;
}

export type Outcome = "allow_once" | "allow_always" | "deny";

export interface PermissionParams {
  sessionId: string;
  turnId: string;
  kind: string;
  title: string;
  detail: string;
  options: Outcome[];
}

export interface UndoResult {
  turnId: string | null;
  filesRestored: string[];
  conflicts: { path: string; reason: string }[];
}

export interface StatusResult {
  model: string | null;
  endpoint: string | null;
  window: number;
  windowSource: "server" | "settings" | "assumed" | "unknown";
  nativeTools: boolean | null;
  health: "ok" | "unreachable" | "unknown";
  problem?: string | null;
  runningTurns: number;
  version: string;
}

export interface DiagnosticsParams {
  uri: string;
  version?: number;
  diagnostics: Diagnostic[];
}

export const Turn = new RequestType<TurnParams, TurnResult, undefined>("smallcode/turn");
export const Update = new NotificationType<UpdateParams>("smallcode/update");
export const Permission = new RequestType<PermissionParams, { outcome: Outcome }, undefined>(
  "smallcode/permission",
);
export const Save = new RequestType<{ uris: string[] }, { saved: string[] }, undefined>("smallcode/save");
export const NewSession = new RequestType<object, { sessionId: string }, undefined>("smallcode/session/new");
export const Undo = new RequestType<object, UndoResult, undefined>("smallcode/undo");
export const Status = new RequestType<object, StatusResult, undefined>("smallcode/status");
export const Diagnostics = new NotificationType<DiagnosticsParams>("smallcode/diagnostics");

/** What this client serves: goes into the capabilities as `experimental.smallcode`. */
export const CLIENT_FEATURES = { protocolVersion: 1, save: true, permission: true, update: true } as const;

/** For workspace/executeCommand: vscode-languageclient registers these in the editor by itself. */
export type RunCommand = "smallcode.server.fix" | "smallcode.server.explain";
