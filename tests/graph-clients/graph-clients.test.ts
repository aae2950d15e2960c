import assert from 'node:assert/strict';
import { test } from 'node:test';
import { e3, names, startGraph, yammer } from './graph-server.ts';

/** Libraries that people use with Graph, unmodified; each in a program of its own. */
const libraries = {
  '@microsoft/microsoft-graph-client': 'graph-client-program.ts',
  '@microsoft/msgraph-sdk': 'graph-sdk-program.ts',
  '@pnp/graph': 'pnp-graph-program.ts',
};

for (const [library, program] of Object.entries(libraries)) {
  test(`${library} signs in over https, licenses a group, and sees who got the seat, who waits, and why`, async (t) => {
    const { job, runProgram } = await startGraph(t);
    const seen = await runProgram(program);
    const [, second] = job.members;
    const license = { skuId: e3, disabledPlans: [yammer] };
    const inherited = { ...license, assignedByGroup: seen.groupId, isUpdatedLately: true };

    assert.deepEqual(seen.skus, [{ skuPartNumber: 'ENTERPRISEPACK', enabled: 1, consumed: 0 }]);
    assert.equal(seen.processed, 'ProcessingComplete');
    assert.deepEqual(seen.assignedToGroup, [license]);
    assert.deepEqual(seen.states, [{ ...inherited, state: 'Active', error: 'None' }]);
    assert.deepEqual(seen.assignedLicenses, [license]);
    assert.deepEqual(seen.groupsWithErrors, [seen.groupId]);
    assert.deepEqual(seen.membersWithErrors, [second]);
    assert.deepEqual(seen.afterReprocess, [{ ...inherited, state: 'Error', error: 'CountViolation' }]);
    assert.deepEqual(seen.refusal, {
      status: 400,
      code: 'Request_BadRequest',
      message: 'User license is inherited from a group membership and it cannot be removed directly from the user.',
    });
    assert.deepEqual(seen.afterSeatCameFree, [{ ...inherited, state: 'Active', error: 'None' }]);
    assert.deepEqual(seen.names, names);
    assert.equal(seen.pages, 3);
  });
}
