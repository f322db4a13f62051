import assert from "node:assert/strict";
import { test } from "node:test";

import { serverSettings } from "../src/settings";
import type { Configuration } from "../src/settings";

interface Layers {
  user?: Record<string, unknown>;
  workspace?: Record<string, unknown>;
}

const DEFAULTS: Record<string, unknown> = {
  baseUrl: "",
  contextWindow: null,
  editPermission: "allow",
  maxSteps: 40,
};

const configuration = ({ user = {}, workspace = {} }: Layers): Configuration => ({
  get: (key) => workspace[key] ?? user[key] ?? DEFAULTS[key],
  inspect: (key) => ({ globalValue: user[key], workspaceValue: workspace[key] }),
});

function check(name: string, layers: Layers, trusted: boolean, settings: Record<string, unknown>): void {
  void test(name, () => {
    assert.deepEqual(serverSettings(configuration(layers), Object.keys(DEFAULTS), trusted), {
      settings,
      trusted,
    });
  });
}

const layers = {
  user: { baseUrl: "http://user/v1", contextWindow: 4096 },
  workspace: { baseUrl: "http://ws/v1", maxSteps: 3 },
};

check("what is left alone is not sent", {}, true, {});
check("the workspace's value wins", layers, true, {
  base_url: "http://ws/v1",
  context_window: 4096,
  max_steps: 3,
});
check("untrusted, only the user's own count", layers, false, {
  base_url: "http://user/v1",
  context_window: 4096,
  edit_permission: "ask",
});
check("the user may allow edits everywhere", { user: { editPermission: "allow" } }, false, {
  edit_permission: "allow",
});
check("an emptied value is not sent", { user: { baseUrl: "", contextWindow: null } }, true, {});
