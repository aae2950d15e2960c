import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startGraph } from './graph-server.ts';
import type { SeenInBatches } from './licensing-job.ts';

const { job, runProgram } = await startGraph({ after });

test('batches of @microsoft/microsoft-graph-client add members, read them, and see why something was refused', async () => {
  const seen = await runProgram<SeenInBatches>('graph-client-batch-program.ts');
  assert.deepEqual(seen, {
    statuses: [
      { 1: 204, 2: 204, 3: 200 },
      { 1: 400, 2: 424 },
    ],
    members: seen.members,
    context: `${job.url}/v1.0/$metadata#directoryObjects(id)`,
    refusal: "One or more added object references already exist for the following modified properties: 'members'.",
  });
  assert.deepEqual([...seen.members].toSorted(), [...job.members].toSorted());
});

test('batches of @microsoft/msgraph-sdk-core see the status of each request, also of more than twenty', async () => {
  const seen = await runProgram<SeenInBatches>('graph-sdk-batch-program.ts');
  assert.deepEqual(seen, {
    statuses: [
      { first: 200, missing: 404, after: 424 },
      Object.fromEntries(Array.from({ length: 25 }, (_, at) => [at + 1, 200])),
    ],
    members: [],
    context: '',
    refusal: "Write request with id 'change' does not contain a Content-Type header.",
  });
});
