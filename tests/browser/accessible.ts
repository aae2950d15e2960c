import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Narrow as a small phone, and wide as a desk. */
const widths = [320, 1280] as const;

/** Two frames, so that what begins has begun, and until every transition has ended; what turns for ever is none. */
const arrived = `new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() =>
  Promise.allSettled(document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? one.finished : []))))`;

/** By how much one can scroll sideways; what is in the middle of a page of the portal scrolls by itself. */
const sideways = `Math.max(document.documentElement.scrollWidth - window.innerWidth,
  ...Array.from(document.querySelectorAll('main'), (main) => main.scrollWidth - main.clientWidth))`;

/**
 * The page is for everybody: axe finds nothing serious on it, light or dark, and on no screen must one scroll sideways.
 * @param name of the page, for messages
 */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colors on their way from light to dark are neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(arrived);
    // Fluent marks the ends of what the Tab key moves through by empty elements, which pass the keyboard on at once.
    const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(
      serious.map(({ id, nodes }) => ({ id, at: nodes.map(({ html, failureSummary }) => [html, failureSummary]) })),
      [],
      `${name}, ${colorScheme}`,
    );
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 720 });
    const wider = await page.evaluate(sideways);
    assert.ok(Number(wider) <= 0, `${name} is ${String(wider)} pixels wider than a screen of ${width}`);
  }
}
