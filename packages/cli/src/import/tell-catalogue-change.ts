import type { AssignmentChange, CatalogueEffect, ErrorChange, PlanUsers, ProductImportResult } from '@allot/contract';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { printable } from '../output/printable.ts';

/** Lines of each kind that a person will read; all of them are in the JSON. */
const linesShownMax = 20;

/** What a product list changes and for whom (L-21), in sentences. */
export async function tellCatalogueChange(result: ProductImportResult, io: Io): Promise<void> {
  const { changes, kept, renamedPlans, effect } = result;
  const added = changes.filter(({ change }) => change === 'new');
  const sections = [
    section(
      'New products',
      added.map(({ skuPartNumber }) => skuPartNumber),
    ),
    section('Changed products', changes.flatMap(changedProduct)),
    section(
      'Renamed service plans',
      renamedPlans.map(({ servicePlanName, displayName, renamedFrom }) =>
        renamedFrom.servicePlanName === servicePlanName
          ? `${servicePlanName}: “${renamedFrom.displayName}” is now “${displayName}”`
          : `${renamedFrom.servicePlanName} is now ${servicePlanName}`,
      ),
    ),
    ...effectSections(effect),
  ];
  if (kept.length > 0) sections.push(`${count(kept.length)} products are not in the list and stay as they are.\n`);
  sections.push(usersSentence(effect));
  await write(io.out, sections.join(''));
}

/** Whether anything is different in the list; otherwise nobody need be asked. */
export const changesAnything = ({ changes, renamedPlans }: ProductImportResult): boolean =>
  changes.length > 0 || renamedPlans.length > 0;

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, linesShownMax).map((line) => `  ${printable(line)}\n`);
  const more = lines.length - shown.length;
  return `${heading}: ${count(lines.length)}\n${shown.join('')}${more > 0 ? `  … and ${count(more)} more: --json has them all.\n` : ''}`;
}

function changedProduct({
  change,
  skuPartNumber,
  renamedFrom,
  gained,
  lost,
}: ProductImportResult['changes'][number]): readonly string[] {
  if (change === 'new') return [];
  const parts = [
    ...(renamedFrom === undefined ? [] : [`was ${renamedFrom.skuPartNumber} “${renamedFrom.displayName}”`]),
    ...(gained.length === 0 ? [] : [`gains ${gained.join(', ')}`]),
    ...(lost.length === 0 ? [] : [`loses ${lost.join(', ')}`]),
  ];
  return [`${skuPartNumber}: ${parts.join('; ') || 'described otherwise'}`];
}

const effectSections = ({ assignments, assignmentsUnlisted, errors }: CatalogueEffect): readonly string[] => [
  section('In groups and direct assignments', assignments.map(assignmentLine)),
  assignmentsUnlisted > 0 ? `  … and ${count(assignmentsUnlisted)} more that the server does not list.\n` : '',
  section('Errors', errors.map(errorLine)),
];

const sourceOf = ({ groupName, groupId }: Pick<AssignmentChange, 'groupName' | 'groupId'>): string =>
  groupName ?? groupId ?? 'Assigned directly';

function assignmentLine(one: AssignmentChange): string {
  const parts = [
    ...(one.gained.length === 0 ? [] : [`on: ${plansWithUsers(one.gained)}`]),
    ...(one.heldOff.length === 0 ? [] : [`held off (newPlans: off): ${one.heldOff.join(', ')}`]),
    ...(one.lost.length === 0 ? [] : [`gone: ${plansWithUsers(one.lost)}`]),
  ];
  return `${sourceOf(one)}, ${one.skuPartNumber}: ${parts.join('; ')}`;
}

const errorLine = (one: ErrorChange): string =>
  `${sourceOf(one)}, ${one.skuPartNumber}: ${one.error} for ${users(one.usersAfter)}, before ${count(one.usersBefore)}`;

const plansWithUsers = (plans: readonly PlanUsers[]): string =>
  plans.map(({ servicePlanName, users: number }) => `${servicePlanName} (${users(number)})`).join(', ');

function usersSentence({ users: number, gained, lost }: CatalogueEffect): string {
  if (number === 0) return "Nobody's service plans change.\n";
  const whoLoses = lost.length === 0 ? '' : ` They no longer have: ${plansWithUsers(lost)}.`;
  const whoGains = gained.length === 0 ? '' : ` They get: ${plansWithUsers(gained)}.`;
  return printable(`The service plans of ${users(number)} change.${whoGains}${whoLoses}`) + '\n';
}

const users = (number: number): string => (number === 1 ? '1 user' : `${count(number)} users`);

const count = (number: number): string => number.toLocaleString('en-US');
