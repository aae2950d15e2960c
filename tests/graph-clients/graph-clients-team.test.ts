import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names, startGraph } from './graph-server.ts';
import type { SeenOfTeam } from './licensing-job.ts';

const libraries = {
  '@microsoft/microsoft-graph-client': 'graph-client-team-program.ts',
  '@microsoft/msgraph-sdk': 'graph-sdk-team-program.ts',
  '@pnp/graph': 'pnp-graph-team-program.ts',
};

for (const [library, program] of Object.entries(libraries)) {
  test(`${library} adds members in every way, mends an error, and follows users and members by delta`, async (t) => {
    const { job, runProgram } = await startGraph(t);
    const [first, , third, , fifth] = job.users;
    assert.deepEqual(await runProgram<SeenOfTeam>(program), {
      error: 'CountViolation',
      membersWithErrors: [first],
      afterFix: 'Active',
      members: names,
      atFirst: { users: names, removedUsers: [], members: job.users.toSorted(), removedMembers: [] },
      later: { users: ['Alexandra'], removedUsers: [fifth], members: [], removedMembers: [third] },
    });
  });
}
