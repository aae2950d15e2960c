import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { testDatabase } from '../database.ts';
import { OperationsSubject } from './operations-subject.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { whyNot } from './runners.ts';
import { createScenarioTenant } from './scenario-tenant.ts';

const database = await testDatabase({ after });

for (const scenario of readScenarios()) {
  if (whyNot(scenario, 'operations') !== undefined) continue;
  test(`on PostgreSQL: ${scenario.id} (${scenario.rules.join(', ')}): ${scenario.claim}`, async () => {
    const { tenantId } = await createScenarioTenant(database, scenario);
    const actor = { kind: 'app', id: randomUUID(), displayName: 'Scenario' } as const;
    const ctx = { db: database.db, tenantId, actor, correlationId: randomUUID() };
    await runScenario(scenario, new OperationsSubject(ctx, scenario.catalogue), 'operations');
  });
}
