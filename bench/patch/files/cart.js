"use strict";

const EventEmitter = require("node:events");

const TAX_RATES = {
  books: 0.07,
  food: 0.07,
  tools: 0.19,
};

const COUPON = /^[A-Z]{3}-\d{4}$/;

/** A line of the cart: one product, some times. */
class Line {
  constructor(product, count = 1) {
    this.product = product;
    this.count = count;
  }

  get net() {
    return this.product.price * this.count;
  }

  get tax() {
    const rate = TAX_RATES[this.product.kind] ?? 0.19;
    return Math.round(this.net * rate);
  }

  get gross() {
    return this.net + this.tax;
  }
}

class Cart extends EventEmitter {
  #lines = new Map();
  #coupon = null;

  constructor(owner) {
    super();
    this.owner = owner;
  }

  add(product, count = 1) {
    if (count < 1) {
      throw new RangeError(`cannot add ${count} of "${product.name}"`);
    }
    const line = this.#lines.get(product.id);
    if (line) {
      line.count += count;
    } else {
      this.#lines.set(product.id, new Line(product, count));
    }
    this.emit("changed", { what: "added", product, count });
    return this;
  }

  remove(product, count = 1) {
    const line = this.#lines.get(product.id);
    if (!line) {
      return this;
    }
    line.count -= count;
    if (line.count <= 0) {
      this.#lines.delete(product.id);
    }
    this.emit("changed", { what: "removed", product, count });
    return this;
  }

  clear() {
    this.#lines.clear();
    this.#coupon = null;
    this.emit("changed", { what: "cleared" });
    return this;
  }

  apply(coupon) {
    if (!COUPON.test(coupon.code)) {
      throw new TypeError("a coupon looks like ABC-1234");
    }
    this.#coupon = coupon;
    this.emit("changed", { what: "coupon", coupon });
    return this;
  }

  get lines() {
    return [...this.#lines.values()];
  }

  get net() {
    let total = 0;
    for (const line of this.lines) {
      total += line.net;
    }
    return total;
  }

  get tax() {
    let total = 0;
    for (const line of this.lines) {
      total += line.tax;
    }
    return total;
  }

  get discount() {
    if (!this.#coupon) {
      return 0;
    }
    const gross = this.net + this.tax;
    if (this.#coupon.kind === "percent") {
      return Math.round((gross * this.#coupon.value) / 100);
    }
    return Math.min(gross, this.#coupon.value);
  }

  get total() {
    return this.net + this.tax - this.discount;
  }

  toJSON() {
    return {
      owner: this.owner,
      coupon: this.#coupon?.code ?? null,
      lines: this.lines.map((line) => ({
        id: line.product.id,
        count: line.count,
        gross: line.gross,
      })),
    };
  }
}

function money(cents) {
  const sign = cents < 0 ? "-" : "";
  const whole = Math.floor(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${sign}${whole}.${rest} €`;
}

function receipt(cart) {
  const rows = cart.lines.map((line) => {
    const name = line.product.name.padEnd(20);
    return `${name}\t${line.count}\t${money(line.gross)}`;
  });
  rows.push("-".repeat(40));
  if (cart.discount > 0) {
    rows.push(`discount\t\t${money(-cart.discount)}`);
  }
  rows.push(`total\t\t${money(cart.total)}`);
  return rows.join("\n");
}

async function checkout(cart, bank, { retries = 2 } = {}) {
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    try {
      const answer = await bank.charge(cart.owner, cart.total);
      if (answer.ok) {
        cart.clear();
        return answer.reference;
      }
      throw new Error(answer.message ?? "the bank refused");
    } catch (error) {
      if (attempt === retries) {
        throw error;
      }
    }
  }
  return undefined;
}

async function refund(reference, bank, { retries = 2 } = {}) {
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    try {
      const answer = await bank.refund(reference);
      if (answer.ok) {
        return answer.amount;
      }
      throw new Error(answer.message ?? "the bank refused");
    } catch (error) {
      if (attempt === retries) {
        throw error;
      }
    }
  }
  return undefined;
}

module.exports = { Cart, Line, money, receipt, checkout, refund };
