/** The editor's settings as the server takes them. */

/** The part of vscode.WorkspaceConfiguration that is read; keys are without the prefix "smallcode.". */
export interface Configuration {
  get(key: string): unknown;
  inspect(
    key: string,
  ): { globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown } | undefined;
}

export interface ServerSettings {
  settings: Record<string, unknown>;
  trusted: boolean;
}

/**
 * The settings that the user has made, in the server's spelling. Those left alone are not sent, so that
 * smallcode.toml and the environment can still set them; in a folder that is not trusted only the user's own count.
 */
export function serverSettings(
  configuration: Configuration,
  keys: readonly string[],
  trusted: boolean,
): ServerSettings {
  const settings: Record<string, unknown> = {};
  for (const key of keys) {
    const value = trusted ? chosen(configuration, key) : configuration.inspect(key)?.globalValue;
    if (value !== undefined && value !== null && value !== "") {
      settings[snakeCase(key)] = value;
    }
  }
  if (!trusted) {
    settings["edit_permission"] ??= "ask";
  }
  return { settings, trusted };
}

function chosen(configuration: Configuration, key: string): unknown {
  const found = configuration.inspect(key);
  const places = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  return places.some((value) => value !== undefined) ? configuration.get(key) : undefined;
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
