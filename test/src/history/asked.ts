/** The token of the API that startStoredApi starts. */
const token = 'secret-of-this-test';

/** Asks one after the other; how long each took, ms. Only answers and "nothing known" count as such. */
export async function asked(hub: string, urls: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const url of urls) {
    const began = performance.now();
    const response = await fetch(hub + url, { headers: { authorization: `Bearer ${token}` } });
    await response.text();
    times.push(performance.now() - began);
    if (response.status !== 200 && response.status !== 404)
      throw new Error(`${url}: ${response.status}`);
  }
  return times;
}
