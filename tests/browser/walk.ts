import type { Page, Request } from 'playwright-core';

/** How long a page may take to read what it shows. */
const patienceMs = 20_000;
const lookAgainMs = 50;

/**
 * Goes through the pages of the portal as its links do, which is much quicker than to load it for each, and tells when a page has read
 * what it shows.
 * @param page that shows the portal
 */
export function walkOn(page: Page) {
  const asked = new Set<Request>();
  page.on('request', (request) => {
    // That one waits for what others change.
    if (!new URL(request.url()).pathname.endsWith('/changes')) asked.add(request);
  });
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  /** Some that have their answer are not reported as finished. */
  const underWay = () => [...asked].filter((request) => request.timing().responseEnd < 0);
  const main = page.getByRole('main');

  return {
    /** Nothing is asked for, being drawn or said to be loading, and the page says the same twice. */
    async untilRead(): Promise<void> {
      const deadline = Date.now() + patienceMs;
      for (let last: string | undefined; Date.now() < deadline; ) {
        await page.evaluate(`new Promise((resolve) => requestIdleCallback(resolve, { timeout: ${lookAgainMs} }))`);
        const isReading = underWay().length > 0 || (await main.getByRole('progressbar').count()) > 0;
        const now = isReading ? undefined : await main.innerText();
        if (now !== undefined && now === last) return;
        last = now;
        await page.waitForTimeout(lookAgainMs);
      }
      const urls = underWay().map((request) => request.url());
      throw new Error(`${page.url()} is not read after ${patienceMs} ms. Under way: ${urls.join(' ') || 'nothing'}`);
    },
    /** @param path below that of the portal */
    async to(path: string): Promise<void> {
      await page.evaluate(`history.pushState({}, '', ${JSON.stringify(`/portal${path}`)})`);
      await this.untilRead();
    },
  };
}
