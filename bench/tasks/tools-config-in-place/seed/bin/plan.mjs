import { readFileSync } from "node:fs";
import { plan } from "../lib/plan.mjs";

const config = JSON.parse(readFileSync(new URL("../config/services.json", import.meta.url), "utf8"));
const names = process.argv.slice(2);
for (const step of plan(config, names.length > 0 ? names : Object.keys(config.services))) {
  console.log(JSON.stringify(step));
}
