import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('what works across tenants is this and nothing else', () => {
  const callers = globSync('packages/*/src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts') && readFileSync(join(root, file), 'utf8').includes('acrossTenants('))
    .toSorted();
  assert.deepEqual(callers, [
    // A tenant that is not there yet.
    'packages/server/src/operations/tenants/create-tenant.ts',
    'packages/store/src/connection/migrate.ts',
    'packages/store/src/connection/tenant-scope.ts',
    // Work that was left behind, for all tenants in one statement.
    'packages/store/src/jobs/wake-stalled.ts',
    'packages/store/src/notifications/change-notifications.ts',
    'packages/store/src/notifications/change-subscriptions.ts',
    'packages/store/src/record/remove-old-audit.ts',
    // Who a caller belongs to is known only after this.
    'packages/store/src/sign-in/find-tenant-by-id-or-domain.ts',
    // One that is not there any more, and the list of all.
    'packages/store/src/tenant/delete-tenant.ts',
    'packages/store/src/tenant/prepared.ts',
    'packages/store/src/tenant/select-tenant-ids.ts',
  ]);
});
