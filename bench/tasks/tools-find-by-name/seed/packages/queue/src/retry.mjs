/** How often a batch is tried again, and the pause in milliseconds. */
export const attempts = 3;
export const delay = () => 200;

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
