import { randomInt, randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { insertTenant } from '@allot/store';
import fc from 'fast-check';
import { createFirstApplication } from '../../packages/server/src/sign-in/create-first-application.ts';
import { historyArbitrary, type Step, type World, worldArbitrary } from '../model/random-history.ts';
import { fetchToken, testServer } from '../server.ts';
import { assertSameAsModel } from './as-model.ts';
import { HttpTenant } from './http-tenant.ts';
import { singleRequests } from './single-requests.ts';

const server = await testServer({ after });

/** ALLOT_TEST_HISTORIES: how many. */
const histories = Number(process.env['ALLOT_TEST_HISTORIES'] ?? 25);
const stepsMax = 8;
/** Tenants at a time: their jobs are worked on side by side. */
const lanes = 3;
/** To run the same histories again, set it to what a failure said. */
const seed = Number(process.env['ALLOT_TEST_SEED'] ?? randomInt(2 ** 31));

test('over HTTP, random histories leave users, seats and waiting lines as the naive model says, after every step', async () => {
  const left = fc.sample(historyArbitrary(worldArbitrary, stepsMax), { numRuns: histories, seed }).entries();
  const failures: Error[] = [];
  const lane = async () => {
    for (const [number, history] of left) {
      // The others need not go on; what is under way may, so that nothing asks a server that is gone.
      if (failures.length > 0) return;
      await runOne(number, history).catch((error: unknown) => {
        failures.push(new Error(`ALLOT_TEST_SEED=${seed}, history ${number}`, { cause: error }));
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const [failure] = failures;
  if (failure) throw failure;
});

/** In a tenant of its own, without the built-in catalogue: a history brings a small one. */
async function runOne(number: number, history: { world: World; steps: Step[] }): Promise<void> {
  const { db } = server.database;
  const initialDomain = `history${number}.example`;
  const tenantId = randomUUID();
  await insertTenant(db, { tenantId, displayName: 'History', initialDomain, defaultUsageLocation: null });
  const { clientId, clientSecret } = await createFirstApplication(db, tenantId);
  const tenant = new HttpTenant(server.baseUrl, await fetchToken(server.baseUrl, tenantId, clientId, clientSecret));
  const { setUp, steps } = singleRequests(history);
  await assertSameAsModel(tenant, history.world, setUp, steps);
}
