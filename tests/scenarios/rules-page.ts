import { ruleTitles } from './rule-titles.ts';
import { limitsOf, runners, whyNot } from './runners.ts';
import type { Scenario } from './scenario.ts';

/** What of a rule no scenario shows yet. To be taken out with the scenario that shows it. */
export const notShownYet: ReadonlyMap<string, { readonly what: string; readonly isAll: boolean }> = new Map([
  ['L-18', { what: 'the states before the end, and the estimated time', isAll: false }],
  ['L-19', { what: 'the audit entry of a retry (tests/licensing/forced-collisions.test.ts shows it)', isAll: false }],
  [
    'L-21',
    { what: 'what an imported product list says of the difference (tests/api/catalogue-change.test.ts)', isAll: false },
  ],
  ['L-27', { what: 'lastUpdatedDateTime (tests/api/history.test.ts)', isAll: false }],
]);

/** `docs/rules.md`: every rule with the scenarios that show it, and where each of them runs. */
export function rulesPage(scenarios: readonly Scenario[]): string {
  const rules = [...ruleTitles].map(([rule, title]) => {
    const shown = scenarios.filter((scenario) => scenario.rules.includes(rule));
    const rows = shown.map((scenario) => row(scenario)).join('\n');
    const missing = notShownYet.get(rule);
    const parts = [
      ...(shown.length > 0 ? [`${tableHead}\n${rows}`] : []),
      ...(missing ? [`Not shown yet: ${missing.what}.`] : []),
    ];
    return `## ${rule} ${title}\n\n${parts.join('\n\n')}\n`;
  });
  return [head(scenarios), ...rules, limits()].join('\n');
}

const head = (scenarios: readonly Scenario[]): string => `# Rules and what shows them

Written by \`node tools/write-rules-page.ts\`; a test compares it with the scenarios.

Each rule of licensing is shown by scenarios that can be read: files in [scenarios/](../scenarios/README.md), ${scenarios.length} in all. They run in
three places: in the *engine* alone, in memory; through the *operations* on PostgreSQL; and over *HTTP* against a real
server. A number in brackets is a reason, below, why a scenario does not run there.
`;

const tableHead = `| scenario | claim | ${runners.join(' | ')} |\n| --- | --- | ${runners.map(() => '---').join(' | ')} |`;

function row(scenario: Scenario): string {
  const [file = ''] = scenario.place.split(':');
  const cells = runners.map((runner) => {
    const reason = whyNot(scenario, runner);
    return reason === undefined ? 'yes' : `[${reasons().indexOf(reason) + 1}]`;
  });
  return `| [${scenario.id}](../${file}) | ${scenario.claim} | ${cells.join(' | ')} |`;
}

/** Every reason once, in the order of the runners. */
const reasons = (): string[] => [
  ...new Set(runners.flatMap((runner) => limitsOf(runner).run.map(([, reason]) => reason))),
];

function limits(): string {
  const numbered = reasons().map((reason, at) => `${at + 1}. ${reason}`);
  const unseen = runners.flatMap((runner) =>
    limitsOf(runner).see.map(([feature, reason]) => `- ${runner}: \`${feature}\`. ${reason}`),
  );
  return `## Where a scenario does not run, and why\n\n${numbered.join('\n')}\n\nWhat a scenario expects, and is not looked at there:\n\n${unseen.join('\n')}\n`;
}
