const number = (env, name, fallback) => {
  const text = env[name] ?? String(fallback);
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number, not ${text}`);
  return value;
};

/** What the environment says, with the defaults for what it leaves out. */
export function loadSettings(env) {
  if (!env.PRINTER_HOST) throw new Error("PRINTER_HOST must be set");
  return {
    host: env.PRINTER_HOST,
    port: number(env, "PRINTER_PORT", 9100),
    timeoutMs: number(env, "PRINTER_TIMEOUT_MS", 4 * 1000),
    counters: number(env, "COUNTERS", 8),
    listenPort: number(env, "LISTEN_PORT", 8080),
    logo: env.PRINTER_LOGO || null,
  };
}
