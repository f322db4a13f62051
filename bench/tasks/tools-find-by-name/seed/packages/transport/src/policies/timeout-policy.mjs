/** Milliseconds that a message may take: positions are small, photos are not. */
export function timeoutFor(message) {
  return message.kind === "photo" ? 30_000 : 3_000;
}
