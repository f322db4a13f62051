/** Answers what the server asks of the editor. */
import { TabInputText, Uri, window, workspace } from "vscode";
import type { MessageItem } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import type { Outcome, PermissionParams } from "./protocol";

const LABELS: Record<Outcome, string> = {
  allow_once: "Allow once",
  allow_always: "Always in this session",
  deny: "Deny",
};

const DETAIL_SCHEME = "smallcode-detail";

// A native dialog does not scroll: what is larger than this is shown in an editor instead.
const DIALOG_LINES = 20;
const DIALOG_CHARACTERS = 1500;

// The list of answers lies over the first lines of the editor.
const ROOM_FOR_THE_LIST = "\n".repeat(7);

/** Whatever is not a clear yes is a no. */
export async function askPermission(params: PermissionParams): Promise<{ outcome: Outcome }> {
  const fits = params.detail.length <= DIALOG_CHARACTERS && params.detail.split("\n").length <= DIALOG_LINES;
  const outcome = fits ? await askInDialog(params) : await askBesideDocument(params);
  return { outcome: outcome ?? "deny" };
}

/** The first answer has the focus: whoever is typing when the question comes up must not allow anything by it. */
function denyFirst(options: readonly Outcome[]): Outcome[] {
  return [...options].sort((one, other) => Number(other === "deny") - Number(one === "deny"));
}

async function askInDialog({ title, detail, options }: PermissionParams): Promise<Outcome | undefined> {
  const items = denyFirst(options).map((outcome): MessageItem & { outcome: Outcome } => ({
    outcome,
    title: LABELS[outcome],
  }));
  return (await window.showWarningMessage(`SmallCode: ${title}`, { modal: true, detail }, ...items))?.outcome;
}

async function askBesideDocument(params: PermissionParams): Promise<Outcome | undefined> {
  const uri = await showDetail(params);
  try {
    const items = denyFirst(params.options).map((outcome) => ({ outcome, label: LABELS[outcome] }));
    const picked = await window.showQuickPick(items, {
      title: `SmallCode: ${params.title}`,
      placeHolder: "All of it is shown in the editor",
      ignoreFocusOut: true,
    });
    return picked?.outcome;
  } finally {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    await window.tabGroups.close(
      tabs.filter((tab) => tab.input instanceof TabInputText && tab.input.uri.toString() === uri.toString()),
    );
  }
}

/** A read-only document: nothing to save, nothing to spoil. */
async function showDetail({ turnId, kind, detail }: PermissionParams): Promise<Uri> {
  const uri = Uri.from({
    scheme: DETAIL_SCHEME,
    path: `/${turnId}/${kind === "shell" ? "command.sh" : "edit.diff"}`,
  });
  const provider = workspace.registerTextDocumentContentProvider(DETAIL_SCHEME, {
    provideTextDocumentContent: () => ROOM_FOR_THE_LIST + detail,
  });
  try {
    await window.showTextDocument(await workspace.openTextDocument(uri));
  } finally {
    provider.dispose();
  }
  return uri;
}

/** Saves the documents; one that is not open, or has no unsaved change, is saved already. */
export async function saveDocuments(client: LanguageClient, uris: string[]): Promise<{ saved: string[] }> {
  const saved = await Promise.all(
    uris.map(async (uri) => {
      const wanted = client.protocol2CodeConverter.asUri(uri).toString();
      const document = workspace.textDocuments.find((open) => open.uri.toString() === wanted);
      return document === undefined || !document.isDirty || (!document.isUntitled && (await document.save()));
    }),
  );
  return { saved: uris.filter((_, index) => saved[index]) };
}
