import { maxAttempts, waitBefore } from "./policies/retry-policy.mjs";
import { timeoutFor } from "./policies/timeout-policy.mjs";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends one message; tries again as the policy says.
 *
 * @param {(message: object, timeout: number) => Promise<object>} post
 * @param {object} message
 * @param {(milliseconds: number) => Promise<void>} [sleep]
 */
export async function send(post, message, sleep = pause) {
  let failure;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (attempt > 1) await sleep(waitBefore(attempt));
    try {
      return await post(message, timeoutFor(message));
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
