// Starts real VS Code with the extension and its scenarios installed, and opens it in Chromium.
//
//   node drive.mjs '{"prefix", "browser", "browserEnvironment", "extensions": [FOLDER], "folder", "run", "screens",
//                    "settings", "environment"}'
//
// Prints one JSON object per scenario, {"name", "ok", "milliseconds", "error", "output"}; exits with 0 if all ran.
// The scenarios run in the extension host. What only a person can do they ask for over HTTP
// (SMALLCODE_E2E_HANDS): keys, clicks, a look at the screen.
//
// VS Code's own runner (extensionTestsPath) is not used: with it, dialogs and notifications are never shown.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const LAUNCH_SECONDS = 60;
const RUN_SECONDS = 240;
const HAND_SECONDS = 8;

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(join(given.prefix, "driver", "index.js"))("playwright-core");

/** The editor's server, in its own process group since it starts others. */
function startEditor(environment) {
  const data = join(given.run, "data");
  mkdirSync(join(given.run, "home"), { recursive: true });
  // Some settings are read from the user's file alone, some from the machine's.
  for (const place of ["Machine", "User"]) {
    mkdirSync(join(data, place), { recursive: true });
    writeFileSync(join(data, place, "settings.json"), JSON.stringify(given.settings));
  }
  for (const folder of given.extensions) {
    cpSync(folder, join(given.run, "extensions", basename(folder)), { recursive: true });
  }
  const child = spawn(
    join(given.prefix, "node", "bin", "node"),
    [
      join(given.prefix, "app", "lib", "vscode", "out", "server-main.js"),
      ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
      ...["--telemetry-level", "off", "--server-data-dir", given.run, "--user-data-dir", data],
      ...["--extensions-dir", join(given.run, "extensions")],
    ],
    {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment, HOME: join(given.run, "home"), NODE_OPTIONS: "" },
    },
  );
  const address = new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk) => {
      said += chunk;
      const port = /agent listening on (\d+)/.exec(said)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (status) => reject(new Error(`VS Code's server ended with ${status}: ${said}`)));
    setTimeout(() => reject(new Error(`VS Code's server did not listen: ${said}`)), LAUNCH_SECONDS * 1000).unref();
  });
  return { address, stop: () => process.kill(-child.pid, "SIGKILL") };
}

/** What the test file may ask of the person at the screen. */
function makeHands(page) {
  const timeout = HAND_SECONDS * 1000;
  return {
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    click: (selector) => page.locator(selector).first().click({ timeout }),
    rightClick: (selector) => page.locator(selector).first().click({ timeout, button: "right" }),
    see: async (selector) => {
      await page.locator(selector).first().waitFor({ timeout });
      return page.locator(selector).first().innerText();
    },
    gone: (selector) => page.locator(selector).first().waitFor({ timeout, state: "hidden" }),
    look: async (name) => {
      // Notifications slide in.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(given.screens, `vscode-${name}.png`) });
    },
  };
}

function serveHands(hands, finished) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const [verb, argument] = JSON.parse(body);
    try {
      const answer = verb in finished ? finished[verb](argument) : await hands()[verb](argument);
      response.end(JSON.stringify({ answer: answer ?? null }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function main() {
  mkdirSync(given.screens, { recursive: true });
  let hands;
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
    setTimeout(() => resolve("too late"), RUN_SECONDS * 1000).unref();
  });
  const handServer = await serveHands(() => hands, {
    report: (line) => void process.stdout.write(JSON.stringify(line) + "\n"),
    finish: () => finish("finished"),
  });
  const editor = startEditor({
    ...given.environment,
    SMALLCODE_E2E_HANDS: `http://127.0.0.1:${handServer.address().port}/`,
  });
  const profile = mkdtempSync(join(given.run, "browser-"));
  let browser;
  try {
    const address = new URL(await editor.address);
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: given.browser,
      env: { ...process.env, ...given.browserEnvironment },
      headless: true,
      viewport: { width: 1280, height: 800 },
      // Chromium refuses its sandbox to root, and to most containers.
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
    });
    const page = browser.pages()[0] ?? (await browser.newPage());
    hands = makeHands(page);
    address.searchParams.set("folder", given.folder);
    await page.goto(address.href, { timeout: LAUNCH_SECONDS * 1000 });
    const how = await finished;
    if (how !== "finished") {
      await hands.look("too-late");
      return 1;
    }
    return 0;
  } finally {
    await browser?.close();
    editor.stop();
    handServer.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

process.exit(await main());
