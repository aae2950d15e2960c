import { type ReferenceRow, findEmptyCohorts, findMiscountedCohorts, findMissingReferences } from '@allot/store';
import { foundIn, type TenantCheck } from './check.ts';

/** Cohorts as rows. */
export const cohortRowChecks: readonly TenantCheck[] = [
  {
    name: 'cohort-members',
    claim: 'Every cohort counts as many members as there are users in it.',
    find: ({ db, tenant }) =>
      foundIn(findMiscountedCohorts(db, tenant.tenantId), ({ cohortNo, members, pointers }) => ({
        sentence: `Cohort ${cohortNo} counts ${members} members and has ${pointers}.`,
        ids: { cohortId: cohortNo },
      })),
  },
  {
    name: 'cohorts-used',
    claim: 'No cohort is empty.',
    find: ({ db, tenant }) =>
      foundIn(findEmptyCohorts(db, tenant.tenantId), ({ cohortNo }) => ({
        sentence: `Nobody is in cohort ${cohortNo}.`,
        ids: { cohortId: cohortNo },
      })),
  },
  {
    name: 'references',
    claim: 'Everything that cohorts and their exceptions name exists.',
    find: ({ db, tenant }) =>
      foundIn(findMissingReferences(db, tenant.tenantId), (row) => ({
        sentence:
          row.kind === 'cohort'
            ? `There are exceptions of cohort ${row.cohortNo}, which does not exist.`
            : `Cohort ${row.cohortNo} names the ${row.kind} ${row.id}, which does not exist.`,
        ids: { cohortId: row.cohortNo, ...(row.kind === 'cohort' ? {} : { [idNames[row.kind]]: row.id }) },
      })),
  },
];

const idNames: Readonly<Record<Exclude<ReferenceRow['kind'], 'cohort'>, string>> = {
  group: 'groupId',
  product: 'skuId',
  plan: 'servicePlanId',
};
