import { after, describe, test } from 'node:test';
import { testServer } from '../server.ts';
import { HttpSubject } from './http-subject.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { whyNot } from './runners.ts';
import { createScenarioTenant } from './scenario-tenant.ts';
import { tokensOf } from './scenario-token.ts';

/** One for all of them: every scenario has a tenant of its own. */
const server = await testServer({ after });
const tokenOf = await tokensOf(server);

/** Scenarios under way at a time. */
const concurrency = 6;

describe('over HTTP', { concurrency }, () => {
  for (const scenario of readScenarios()) {
    if (whyNot(scenario, 'HTTP') !== undefined) continue;
    test(`${scenario.id} (${scenario.rules.join(', ')}): ${scenario.claim}`, async () => {
      const { tenantId } = await createScenarioTenant(server.database, scenario);
      const token = await tokenOf(tenantId);
      const subject = new HttpSubject(server.baseUrl, token, scenario.catalogue);
      await runScenario(scenario, subject, 'HTTP');
    });
  }
});
