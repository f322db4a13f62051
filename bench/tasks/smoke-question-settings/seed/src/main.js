import http from "node:http";
import { loadSettings } from "./settings.js";
import { Queue } from "./queue.js";

const settings = loadSettings(process.env);
const queue = new Queue(settings);

http
  .createServer((request, response) => {
    const counter = Number(new URL(request.url, "http://localhost").searchParams.get("counter"));
    if (!(counter >= 1 && counter <= settings.counters)) {
      response.writeHead(400).end("no such counter");
      return;
    }
    queue.add({ counter, at: new Date() });
    response.writeHead(202).end();
  })
  .listen(settings.listenPort);
