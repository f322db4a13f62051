/** How often a batch is tried again, and the pause in milliseconds. */
export const attempts = 5;
export const delay = (attempt) => Math.min(200 * 2 ** (attempt - 1), 2000);

export async function retry(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay(attempt)));
    }
  }
}
