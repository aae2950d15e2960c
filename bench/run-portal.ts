/**
 * What `npm run bench:portal` runs: what an administrator does in the portal, in Chromium, with as many users as lists are measured with. For each it
 * says when the page first looks different, when what was asked for is shown, what the page worked for it in time of the processor, which task kept
 * the main thread longest, and what the same requests take by fetch alone.
 *
 *   npm run bench:portal -- --users 100000            on a tenant of its own (default 1,000,000 users, which takes ten minutes to make)
 *   npm run bench:portal -- --keep NAME               keeps that tenant on the server of DATABASE_URL for the next run
 *   npm run bench:portal -- --only members            what is named like this
 *   npm run bench:portal -- --slower 4                in a browser whose processor is so many times slower than it is
 *   ALLOT_CREDENTIALS=data/credentials.json npm run bench:portal
 *                                                     on a server that runs: makes a local administrator there, and deletes it at the end
 *
 * Makes its tenant on the PostgreSQL of DATABASE_URL, as a user who may create databases and is no superuser, or on the embedded one. Needs Chromium,
 * as the tests of pages do.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Log } from '@allot/store';
import { type Browser, chromium, type Page } from 'playwright-core';
import { globalAdministratorId } from '../packages/server/src/sign-in/roles.ts';
import { chromiumFlags, findChromium } from '../tests/browser/browser.ts';
import { enterPortal } from '../tests/browser/enter-portal.ts';
import { actionsAt } from '../tests/sign-in/office-with-people.ts';
import { atLeast } from './at-least.ts';
import { makeDirectory } from './lists/make-directory.ts';
import { interactions } from './portal/interactions.ts';
import { type MeasuredInteraction, measureInteraction } from './portal/measure-interaction.ts';
import { largestOf, type Place, placeOf, serveTenant } from './portal/portal-tenant.ts';
import { watchPage } from './portal/watch-page.ts';
import { openServer } from './server.ts';

const log: Log = {
  debug() {},
  info() {},
  warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  error: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

const viewport = { width: 1360, height: 850 };
/** Fewer users leave groups empty. */
const usersMin = 1_000;
/** So long something that is to be clicked is waited for. */
const waitMsMax = 15_000;
/** Of the table, in characters. */
const nameWidth = 48;
const cellWidth = 13;

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '1000000' },
      repetitions: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
      json: { type: 'string' },
      keep: { type: 'string' },
      slower: { type: 'string', default: '1' },
    },
  });
  const repetitions = atLeast('repetitions', values.repetitions, 1);
  const slower = atLeast('slower', values.slower, 1);
  const measure = async (place: Place) => {
    const measured = await measureAll(place, { only: values.only, repetitions, slower });
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measured, undefined, 2)}\n`);
  };
  const { ALLOT_CREDENTIALS: credentials, DATABASE_URL: databaseUrl } = process.env;
  if (credentials) return measure(await placeOf(credentials));
  const server = await openServer({ databaseUrl: databaseUrl || undefined, keepAs: values.keep, log });
  try {
    const name = await makeDirectory(server, atLeast('users', values.users, usersMin), log);
    const place = await serveTenant(server.urlOf(name));
    try {
      await measure(place);
    } finally {
      await place.stop();
    }
  } finally {
    await server.close();
  }
}

async function measureAll(
  place: Place,
  { only, repetitions, slower }: { readonly only: string; readonly repetitions: number; readonly slower: number },
): Promise<readonly MeasuredInteraction[]> {
  const wanted = interactions(await largestOf(place)).filter(({ name }) => name.includes(only));
  const person = await actionsAt(place).addPerson(`bench-${process.pid}@local.example`, [globalAdministratorId]);
  const browser = await chromium.launch({
    executablePath: findChromium(process.env['CHROMIUM_PATH']),
    args: chromiumFlags,
  });
  try {
    const page = await pageOf(browser);
    await enterPortal(page, place.baseUrl, person);
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });
    print([
      'interaction',
      'response',
      'data',
      'count',
      'exactly',
      'processor',
      'longest task',
      'requests',
      'floor',
      'data/floor',
    ]);
    const measured: MeasuredInteraction[] = [];
    for (const interaction of wanted) {
      try {
        const one = await measureInteraction({ page, protocol }, `${place.baseUrl}/portal`, interaction, repetitions);
        measured.push(one);
        print(cellsOf(one));
      } catch (error) {
        // The page is not as this program knows it; what comes after may well be.
        process.stderr.write(`${interaction.name} could not be done: ${String(error)}\n`);
        process.exitCode = 1;
      }
    }
    return measured;
  } finally {
    await browser.close();
    await place.call('DELETE', `/allot/v1/accounts/${person.id}`);
  }
}

async function pageOf(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'en-US' })).newPage();
  page.setDefaultTimeout(waitMsMax);
  await page.addInitScript(watchPage);
  return page;
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${value.toFixed(0)} ms`;
}

function cellsOf(measured: MeasuredInteraction) {
  const { name, responseMs, dataMs, countMs, exactMs, processorMs, longestTaskMs, requests, floorMs } = measured;
  const ratio = floorMs === undefined ? '-' : (dataMs / floorMs).toFixed(1);
  const longest = longestTaskMs === 0 ? '< 50 ms' : ms(longestTaskMs);
  return [
    name,
    ms(responseMs),
    ms(dataMs),
    ms(countMs),
    ms(exactMs),
    ms(processorMs),
    longest,
    String(requests),
    ms(floorMs),
    ratio,
  ];
}

function print([name = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(cellWidth)).join('')}\n`);
}
