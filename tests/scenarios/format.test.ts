import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineSubject } from './engine-subject.ts';
import { parseScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';

/** A scenario whose lines a test replaces, by number. */
const lines = [
  '- id: sample',
  '  rules: [L-01]',
  '  claim: A member of a licensed group has what it gives.',
  '  given:',
  '    products: { Suite: [mail, chat], E3: ENTERPRISEPACK }',
  '    seats: { Suite: 1, E3: 1 }',
  '    users: [ada, bob]',
  '    groups:',
  '      staff: { licenses: [Suite] }',
  '  steps:',
  '    - addMembers: { group: staff, members: [ada, bob] }',
  '      then:',
  '        users:',
  '          ada: { Suite from staff: Active }',
  '          bob: { Suite from staff: Error CountViolation }',
  '        seats: { Suite: 1 of 1 }',
  '    - removeMember: { group: staff, member: bob }',
  '      then:',
  '        users: { bob: nothing }',
];

const withLine = (line: number, text: string): string => lines.with(line - 1, text).join('\n');

async function run(text: string): Promise<void> {
  for (const scenario of parseScenarios(text, 'sample.yaml')) {
    await runScenario(scenario, new EngineSubject(scenario), 'engine');
  }
}

test('the sample is a scenario that is true', () => run(lines.join('\n')));

/** Line, what stands there instead, and what the author is told. */
const mistakes: readonly [line: number, text: string, told: RegExp][] = [
  [2, '  rules: [L-99]', /sample\.yaml:2: 'L-99' is no rule/],
  [3, '  clam: A typing error.', /sample\.yaml:3: nothing is called 'clam' here\. There are: id, rules, claim/],
  [5, '    products: { Suite: [mail, chat], E3: ENTERPRISE }', /sample\.yaml:5: the built-in catalogue has no product/],
  [6, '    seats: { Sweet: 1 }', /sample\.yaml:6: there is no product 'Sweet'\. There are: Suite, E3/],
  [6, '    seats: { Suite: one }', /sample\.yaml:6: here must be a whole number/],
  [7, '    users: { ada: { location: us } }', /sample\.yaml:7: 'us' is no country/],
  [9, '      staff: { licenses: [Suite without phone] }', /sample\.yaml:9: there is no service plan 'phone'/],
  [9, '      staff: { atomicity: half }', /sample\.yaml:9: 'half' is none of bundle, product/],
  [11, '    - addMember: { group: staff, members: [ada] }', /sample\.yaml:11: nothing is called 'addMember' here/],
  [11, '    - addMembers: { group: staff, members: [eve] }', /sample\.yaml:11: there is no member 'eve'/],
  [11, '    - addMembers: { group: stuff, members: [ada] }', /sample\.yaml:11: there is no group 'stuff'/],
  [14, '          ada: { Suite by staff: Active }', /sample\.yaml:14: 'Suite by staff' names no entry/],
  [14, '          ada: { Suite from staff: Activ }', /sample\.yaml:14: 'Activ' is no state/],
  [14, '          ada: { Suite from staff: ActiveWithError Other }', /sample\.yaml:14: say which plans are in force/],
  [14, '          eve: { Suite from staff: Active }', /sample\.yaml:14: there is no user 'eve'/],
  [16, '        seats: { Suite: 1/1 }', /sample\.yaml:16: write seats as/],
  [17, '    - deleteUser: ada\n      reprocess: { user: ada }', /sample\.yaml:17: a step is one thing/],
  [19, '        users: { bob: nothing', /sample\.yaml:\d+: /],
];

for (const [line, text, told] of mistakes) {
  test(`'${text.trim()}' is reported with file and line`, () => {
    assert.throws(() => parseScenarios(withLine(line, text), 'sample.yaml'), told);
  });
}

/** Line, what stands there instead, and why the scenario is not true. */
const untrue: readonly [line: number, text: string, told: RegExp][] = [
  [14, '          ada: { Suite from staff: Error CountViolation }', /sample\.yaml:12: what ada has/],
  [14, '          ada: nothing', /sample\.yaml:12: what ada has/],
  [14, '', /sample\.yaml:12: ada has what was there before/],
  [14, '          ada: { Suite from staff: "Active, only mail" }', /plans of Suite from staff of ada/],
  [16, '        seats: { Suite: 1 of 2 }', /seats of Suite/],
  [16, '        waiting: { Suite: [] }', /the line for Suite/],
  [16, '        effectivePlans: { ada: [mail] }', /the plans of ada that are on/],
  [16, '        effectivePlans: { ada: 1 }', /how many plans of ada are on/],
  [17, '    - reprocess: { user: ada }', /what bob has/],
  [17, '    - removeMember: { group: staff, member: ada }', /ada has what was there before/],
  [18, '      refused: no\n      then:', /the text of the refusal/],
];

for (const [line, text, told] of untrue) {
  test(`a scenario that says '${text.trim()}' in line ${line} fails`, async () => {
    await assert.rejects(run(withLine(line, text)), told);
  });
}

test('a step that says nothing of what follows fails when something follows', async () => {
  await assert.rejects(run(lines.slice(0, 11).join('\n')), /sample\.yaml:11: ada has what was there before/);
});

test('who is not named at the start has plainly what is wanted', async () => {
  const text = withLine(9, '      staff: { members: [ada, bob], licenses: [Suite] }');
  await assert.rejects(run(text.split('\n').slice(0, 9).join('\n')), /sample\.yaml:1: what bob has/);
});
