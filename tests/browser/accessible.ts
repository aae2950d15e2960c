import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Narrow as a small phone, and wide as a desk. */
const widths = [320, 1280] as const;

/** Two frames, so that what begins has begun, and until every transition has ended; what turns for ever is none. */
const arrived = `new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() =>
  Promise.allSettled(document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? one.finished : []))))`;

/** By then whatever a page was reading has come. */
const settledMs = 1_000;

/** What hangs on the theme; everything else is the same in both and looked at once. */
const colors: axe.RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
const themes = { light: {}, dark: colors } as const;
/** By how much one can scroll sideways; what is in the middle of a page of the portal scrolls by itself. */
const sideways = `Math.max(document.documentElement.scrollWidth - window.innerWidth,
  ...Array.from(document.querySelectorAll('main'), (main) => main.scrollWidth - main.clientWidth))`;

/**
 * The page is for everybody: axe finds nothing serious on it, light or dark, and on no screen must one scroll sideways.
 * @param name of the page, for messages
 */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  for (const [colorScheme, options] of Object.entries(themes)) {
    // Colors on their way from light to dark are neither.
    await page.emulateMedia({ colorScheme: colorScheme as keyof typeof themes, reducedMotion: 'reduce' });
    await page.evaluate(arrived);
    let serious = await seriousOn(page, options);
    if (serious.length > 0) {
      // A button that becomes ready while axe looks has the colors of before and the state of after: what is wrong stays wrong.
      await page.waitForTimeout(settledMs);
      serious = await seriousOn(page, options);
    }
    assert.deepEqual(serious, [], `${name}, ${colorScheme}`);
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 720 });
    const wider = await page.evaluate(sideways);
    assert.ok(Number(wider) <= 0, `${name} is ${String(wider)} pixels wider than a screen of ${width}`);
  }
}

/** What axe finds serious or critical: the rule, and where it is broken. */
async function seriousOn(page: Page, options: axe.RunOptions): Promise<readonly unknown[]> {
  // The page keeps it until it is left.
  if ((await page.evaluate('typeof window.axe')) === 'undefined') await page.evaluate(axe.source);
  // Fluent marks the ends of what the Tab key moves through by empty elements, which pass the keyboard on at once.
  const where: axe.ElementContext = { exclude: [['[data-tabster-dummy]']] };
  const how: axe.RunOptions = { ...options, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<axe.AxeResults>(
    `window.axe.run(${JSON.stringify(where)}, ${JSON.stringify(how)})`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, at: nodes.map(({ html, failureSummary }) => [html, failureSummary]) }));
}
