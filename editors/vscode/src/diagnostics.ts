/** Tells the server what other language servers report: a language server cannot see that by itself. */
import { Disposable, languages, workspace } from "vscode";
import type { Diagnostic as EditorDiagnostic, Range as EditorRange, Uri } from "vscode";
import type { Diagnostic, DiagnosticSeverity, Range } from "vscode-languageclient/node";

import type { DiagnosticsParams } from "./protocol";

// Long enough for a checker to finish its burst after a keystroke.
const QUIET_MILLISECONDS = 300;

export function plainDiagnostic({ range, message, severity, source }: EditorDiagnostic): Diagnostic {
  return {
    range: plainRange(range),
    message,
    // The editor counts severities from 0, the protocol from 1.
    severity: (severity + 1) as DiagnosticSeverity,
    ...(source === undefined ? {} : { source }),
  };
}

/** The editor's own ranges have the same fields, but become arrays in JSON. */
export function plainRange({ start, end }: EditorRange): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

/** Sends what changed, once it has been quiet for a moment. */
export function forwardDiagnostics(send: (params: DiagnosticsParams) => void): Disposable {
  // With the version that each had then: when they are sent the document may have changed again.
  const changed = new Map<string, { uri: Uri; version: number | undefined }>();
  let timer: NodeJS.Timeout | undefined;

  const note = (uris: readonly Uri[]): void => {
    for (const uri of uris.filter((each) => each.scheme === "file")) {
      const key = uri.toString();
      const version = workspace.textDocuments.find((open) => open.uri.toString() === key)?.version;
      changed.set(key, { uri, version });
    }
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MILLISECONDS);
  };
  const flush = (): void => {
    for (const [key, { uri, version }] of changed) {
      const diagnostics = languages.getDiagnostics(uri).map(plainDiagnostic);
      send({ uri: key, diagnostics, ...(version === undefined ? {} : { version }) });
    }
    changed.clear();
  };

  note(languages.getDiagnostics().map(([uri]) => uri));
  const subscription = languages.onDidChangeDiagnostics(({ uris }) => {
    note(uris);
  });
  return new Disposable(() => {
    clearTimeout(timer);
    subscription.dispose();
  });
}
