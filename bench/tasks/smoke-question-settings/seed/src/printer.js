import net from "node:net";

/** A connection to the printer, opened anew for each ticket. */
export class PrinterConnection {
  constructor({ host, port, timeoutMs, logo }) {
    Object.assign(this, { host, port, timeoutMs, logo });
  }

  print({ counter, at }) {
    const lines = [`Counter ${counter}`, at.toLocaleTimeString(process.env.TICKET_LOCALE ?? "de-DE")];
    if (this.logo) lines.unshift(`\x1cp${this.logo}`);
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, this.host, () => socket.end(`${lines.join("\n")}\n\n`));
      socket.setTimeout(this.timeoutMs, () => socket.destroy(new Error("the printer does not answer")));
      socket.on("error", reject);
      socket.on("close", resolve);
    });
  }
}
