import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestScope } from '../database.ts';

/** Where systems put a browser of the Chromium family; the first that is there is taken. */
const knownPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A path to Chromium: that of the environment, else one where systems put it. There is no test without a browser that counts
 * as passed, so without one this says how to get it.
 */
export function findChromium(named: string | undefined, paths: readonly string[] = knownPaths): string {
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, where nothing is. Name the program of Chromium or Chrome there.`);
  }
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'The tests of pages need Chromium, which is not on this machine. On Debian and Ubuntu: apt-get install chromium. Elsewhere install ' +
      'Chromium or Chrome, and name its program with CHROMIUM_PATH if it is not found by itself.',
  );
}

/** A browser that ends with the tests. Each visitor has cookies of its own. */
export async function startBrowser(scope: TestScope) {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(process.env['CHROMIUM_PATH']),
    headless: true,
    args: chromiumFlags,
  });
  scope.after(() => browser.close());
  return {
    /** Somebody with no cookies yet. Whatever a page refuses to load or run by its policy is a mistake of ours. */
    async visitor(): Promise<Visitor> {
      // What moves is waited for: nobody here looks at it.
      const context: BrowserContext = await browser.newContext({ reducedMotion: 'reduce' });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy|Refused to/i.test(message.text())) complaints.push(message.text());
      });
      return { page, complaints };
    },
  };
}

export interface Visitor {
  readonly page: Page;
  /** What the browser said of the page's security policy. */
  readonly complaints: readonly string[];
}
