import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { assertCountsAgree } from '../durability/recount.ts';
import { openOffice, skus } from './office.ts';

const office = await openOffice({ after });
const { server, user, group } = office;

const requestsMax = 150;
const atOnce = 12;
/** To send the same requests again, set it to what a failure said; who comes first is another time's. */
const seed = Number(process.env['ALLOT_TEST_SEED'] ?? randomInt(2 ** 31));

test('whatever is deleted, restored and licensed at the same time, nobody is answered an error of the server and all counts agree', async () => {
  await office.seats(skus.e1, 100);
  await office.seats(skus.e3, 6);
  await office.seats(skus.analytics, 4);
  const users: string[] = [];
  for (let no = 0; no < 14; no += 1) users.push(await user(`storm${no}`));
  const groups = [
    await group('One', users, [{ skuId: skus.e3 }]),
    await group('Two', users.slice(4), [{ skuId: skus.e1 }]),
  ];
  await server.settled();
  const license = (add: boolean, skuId: string) =>
    add
      ? { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] }
      : { addLicenses: [], removeLicenses: [skuId] };
  const deleted = '/v1.0/directory/deletedItems';
  const ofUser = fc.tuple(
    fc.constantFrom(...users),
    fc.constantFrom('delete', 'delete', 'restore', 'restore', 'license', 'unlicense', 'reprocess'),
  );
  const ofGroup = fc.tuple(
    fc.constantFrom(...groups),
    fc.constantFrom('deleteGroup', 'restore', 'restore', 'licenseGroup', 'unlicenseGroup'),
  );
  const send = (id: string, what: string) => {
    switch (what) {
      case 'delete':
        return server.call('DELETE', `/v1.0/users/${id}`);
      case 'restore':
        return server.call('POST', `${deleted}/${id}/restore`);
      case 'license':
      case 'unlicense':
        return server.call('POST', `/v1.0/users/${id}/assignLicense`, license(what === 'license', skus.analytics));
      case 'reprocess':
        return server.call('POST', `/v1.0/users/${id}/reprocessLicenseAssignment`);
      case 'deleteGroup':
        return server.call('DELETE', `/v1.0/groups/${id}?removeLicenses=true`);
      default:
        return server.call('POST', `/v1.0/groups/${id}/assignLicense`, license(what === 'licenseGroup', skus.e1));
    }
  };
  const requests = fc.sample(fc.oneof({ weight: 3, arbitrary: ofUser }, { weight: 1, arbitrary: ofGroup }), {
    numRuns: requestsMax,
    seed,
  });
  const left = requests.values();
  const answers: number[] = [];
  const client = async () => {
    for (const [id, what] of left) {
      const { status, body } = await send(id, what);
      assert.ok([200, 202, 204, 400, 404].includes(status), `ALLOT_TEST_SEED=${seed} ${what}: ${JSON.stringify(body)}`);
      answers.push(status);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  assert.equal(answers.length, requestsMax);
  await server.settled();
  await assertCountsAgree(server.database);

  for (const id of [...users, ...groups]) await server.call('POST', `${deleted}/${id}/restore`);
  await server.settled();
  await assertCountsAgree(server.database);
  const members = await office.ask(200, 'GET', `/v1.0/groups/${groups[0]}/members?$select=id`);
  assert.equal(members.value.length, users.length, `ALLOT_TEST_SEED=${seed}`);
});
