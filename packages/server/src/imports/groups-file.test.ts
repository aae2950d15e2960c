import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGroups } from './groups-file.ts';
import { readLicenses } from './license-text.ts';
import { inWords } from './samples/in-words.ts';
import { collect, csv, inChunks, sample } from './samples/sample-streams.ts';

const read = (rows: readonly (readonly string[])[]) => collect(readGroups(inChunks(csv(rows), 1_000)));
const header = ['displayName', 'description', 'members', 'licenses', 'priority'];

test('groups are read with members, licenses and switched-off plans', async () => {
  assert.deepEqual(await collect(readGroups(sample('groups.csv'))), [
    {
      line: 2,
      group: {
        displayName: 'License - Office 365 E3',
        description: 'Everybody at a desk',
        members: ['juerg.mueller@contoso.example', 'Ann.Lee@contoso.example'],
        licenses: [
          { skuPartNumber: 'ENTERPRISEPACK', disabledPlans: ['YAMMER_ENTERPRISE', 'SWAY'] },
          { skuPartNumber: 'EMS', disabledPlans: [] },
        ],
        priority: 20,
      },
    },
    {
      line: 3,
      group: {
        displayName: 'All staff, Zürich',
        description: 'Nobody is licensed "here"',
        members: ['juerg.mueller@contoso.example'],
        licenses: [],
        priority: null,
      },
    },
    {
      line: 4,
      group: {
        displayName: 'Empty group',
        description: null,
        members: [],
        licenses: [
          { skuPartNumber: 'Microsoft_365_Business_Basic_(no Teams)', disabledPlans: [] },
          { skuPartNumber: 'FLOW_FREE', disabledPlans: [] },
        ],
        priority: null,
      },
    },
  ]);
});

test('every bad cell is reported by line and column', async () => {
  const rows = [
    header,
    ['', '', 'nobody', '', ''],
    ['A', 'x'.repeat(1_025), '', 'E3[SWAY]', '-1'],
    ['B', '', '', 'E3;EMS;e3', 'high'],
    ['C', '', '', 'E3[-SWAY', ''],
    ['D', '', '', '[-SWAY]', ''],
  ];
  const cannot =
    'cannot be read: write a part number and then the plans to switch off, like ENTERPRISEPACK[-SWAY,-YAMMER_ENTERPRISE]';
  assert.deepEqual(await read(rows), [
    { line: 2, column: 'displayName', problem: 'is empty: every group needs a name' },
    {
      line: 2,
      column: 'members',
      problem:
        '"nobody" is not a user principal name: write it like ann@contoso.com, in letters, digits and \'.-_!#^~+& before the @',
    },
    { line: 3, column: 'description', problem: 'has 1025 characters and at most 1024 are allowed: shorten it' },
    {
      line: 3,
      column: 'licenses',
      problem: '"SWAY" in E3 cannot be read: write each plan to switch off with a minus, like -SWAY',
    },
    {
      line: 3,
      column: 'priority',
      problem: '"-1" is not a priority: write a whole number from 0 to 1000000, lower first',
    },
    { line: 4, column: 'licenses', problem: 'names "e3" twice: write it once, with all plans to switch off' },
    {
      line: 4,
      column: 'priority',
      problem: '"high" is not a priority: write a whole number from 0 to 1000000, lower first',
    },
    { line: 5, column: 'licenses', problem: `"E3[-SWAY" ${cannot}` },
    { line: 6, column: 'licenses', problem: `"[-SWAY]" ${cannot}` },
  ]);
});

test('a misspelt column is not ignored, and a bracket without quotes says what to do', async () => {
  assert.deepEqual(await read([['displayName', 'member', 'members', 'Members']]), [
    {
      line: 1,
      column: 'member',
      problem:
        'is not a column of a groups file: name it one of displayName, description, members, licenses, priority, or remove it',
    },
    { line: 1, column: 'Members', problem: 'gives members a second time: remove one of the two columns' },
  ]);
  const broken = await collect(readGroups(inChunks('displayName,licenses\nA,EMS[-INTUNE_A,-MFA_PREMIUM]', 10)));
  assert.deepEqual(broken.map(inWords), [
    {
      line: 2,
      column: '(column 3)',
      problem:
        'the row has 3 cells and the first line names 2 columns: put a cell that contains the delimiter in quotes',
    },
  ]);
});

test('a cell with many bad members says how many there are', async () => {
  const problems = await read([header, ['A', '', 'x;'.repeat(1_000), '', '']]);
  assert.equal(problems.length, 21);
  assert.deepEqual(problems.at(-1), {
    line: 2,
    column: 'members',
    problem: 'has 980 more members that are not user principal names: separate members by ";"',
  });
});

test('two hundred thousand members in one cell are read, each once', async () => {
  const members = Array.from({ length: 200_000 }, (_, n) => `a.rather.long.name.${n}@contoso.example`);
  async function* file() {
    yield 'displayName,members\n';
    yield 'Everybody,';
    const text = `${members.join(';')};${members.join(';').toUpperCase()}`;
    yield* inChunks(text, 65_536);
  }
  const [item] = await collect(readGroups(file()));
  assert.deepEqual(item !== undefined && 'group' in item && item.group.members, members);
});

test('licenses written in the format are read back as they were', () => {
  const name = fc
    .string({ unit: fc.constantFrom('A', 'z', '_', '3', ' ', '/', '(', ')', '+', ','), minLength: 1, maxLength: 12 })
    .map((text) => `X${text.trim()}X`);
  const plan = name.map((text) => text.replaceAll(',', '.'));
  const license = fc.record(
    { skuPartNumber: name, disabledPlans: fc.uniqueArray(plan, { maxLength: 5 }) },
    { noNullPrototype: true },
  );
  const licenses = fc.uniqueArray(license, {
    selector: ({ skuPartNumber }) => skuPartNumber.toLowerCase(),
    maxLength: 6,
  });
  fc.assert(
    fc.property(licenses, fc.constantFrom(';', ' ; ', ';;'), (expected, separator) => {
      const text = expected.map(({ skuPartNumber, disabledPlans }) =>
        disabledPlans.length === 0
          ? skuPartNumber
          : `${skuPartNumber}[${disabledPlans.map((one) => `-${one}`).join(', ')}]`,
      );
      assert.deepEqual(readLicenses(text.join(separator)), { licenses: expected });
    }),
  );
});

test('whatever stands in a licenses cell, it is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('A', '[', ']', '-', ',', ';', ' ') }), (text) => {
      const found = readLicenses(text);
      if ('problem' in found) return;
      for (const { skuPartNumber, disabledPlans } of found.licenses) {
        assert.match(skuPartNumber, /^[^[\];]+$/);
        for (const plan of disabledPlans) assert.match(plan, /^[^[\],]+$/);
      }
    }),
    { numRuns: 500 },
  );
});
