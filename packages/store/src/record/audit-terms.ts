import type { AuditEntry } from './insert-audit.ts';

/**
 * What an entry can be found by: `path:value`, the path being that of a filter (`targetResources/id`). Written in any case; the
 * database folds terms and what is looked for alike.
 */
export function auditTerms(entry: AuditEntry, initiatedBy: Readonly<Record<string, unknown>>): string[] {
  const { activity, category, result = 'success', targets } = entry;
  const terms = [
    ...termsOf('', { activityDisplayName: activity, category, result }),
    ...Object.entries(initiatedBy).flatMap(([kind, actor]) =>
      typeof actor === 'object' && actor !== null ? termsOf(`initiatedBy/${kind}/`, { ...actor }) : [],
    ),
    ...targets.flatMap((target) => termsOf('targetResources/', { ...target })),
  ];
  return [...new Set(terms)];
}

/** Of texts only: what was modified is no term. */
const termsOf = (path: string, values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? `${path}${name}:${value}` : []));
