import type { CohortCheck, TenantCheck } from './check.ts';
import { cohortRowChecks } from './cohorts.ts';
import { cohortStateChecks } from './cohort-states.ts';
import { factChecks } from './facts.ts';
import { historyChecks } from './history.ts';
import { peopleChecks } from './people.ts';
import { pointerChecks } from './pointers.ts';
import { processingChecks } from './processing.ts';
import { ruleChecks } from './rules.ts';
import { seatChecks } from './seats.ts';

/** Everything that is checked, in the order in which it is told. To add a check, add it to its family. */
export const tenantChecks: readonly TenantCheck[] = [
  ...pointerChecks,
  ...cohortRowChecks,
  ...ruleChecks,
  ...factChecks,
  ...seatChecks,
  ...processingChecks,
  ...historyChecks,
  ...peopleChecks,
];

/** These look at each cohort; all cohorts are read once. */
export const cohortChecks: readonly CohortCheck[] = cohortStateChecks;
