import { PrinterConnection } from "./printer.js";

// How often a ticket is tried again before it is given up.
const RETRIES = Number(process.env.PRINT_RETRIES ?? 3);

/** Tickets in the order in which they were asked for; one is printed at a time. */
export class Queue {
  #waiting = [];
  #busy = false;

  constructor(settings) {
    this.connection = new PrinterConnection(settings);
  }

  add(ticket) {
    this.#waiting.push({ ...ticket, tries: 0 });
    void this.#next();
  }

  async #next() {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    const ticket = this.#waiting.shift();
    try {
      await this.connection.print(ticket);
    } catch (error) {
      ticket.tries += 1;
      if (ticket.tries <= RETRIES) this.#waiting.unshift(ticket);
      else console.error(`ticket for counter ${ticket.counter} lost: ${error.message}`);
    } finally {
      this.#busy = false;
    }
    void this.#next();
  }
}
