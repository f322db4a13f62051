/** How often a message is sent before the client gives up. */
export const maxAttempts = 5;

/**
 * The pause before an attempt.
 *
 * @param {number} attempt 2 for the first repetition
 * @returns {number} milliseconds
 */
export function waitBefore(attempt) {
  if (attempt < 2) throw new RangeError(`there is no wait before attempt ${attempt}`);
  return Math.min(200 * (attempt - 1), 2000);
}
