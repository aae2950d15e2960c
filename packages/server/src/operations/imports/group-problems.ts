import { type GroupConflict, type UnknownMember, UNKNOWN_MEMBERS_SHOWN_MAX } from '@allot/store';
import type { Problem } from './import-result.ts';

export function conflictProblem({ line, kind, other }: GroupConflict): Problem {
  switch (kind) {
    case 'nameTwice':
      return {
        line,
        column: 'displayName',
        problem: `is also the name of line ${other}: give each group a name of its own, or join the rows`,
      };
    case 'nameShared':
      return {
        line,
        column: 'displayName',
        problem: `is the name of ${other} groups: rename all but one of them, so that it is clear which is meant`,
      };
    case 'dynamic':
      return {
        line,
        column: 'members',
        problem: 'follow the rule of the group: remove the row, or make the group static first',
      };
  }
}

/** One problem for each name shown, and one for the rest of a line. */
export function unknownMemberProblems(unknown: readonly UnknownMember[]): Problem[] {
  const column = 'members';
  const shown = unknown.map(({ line, userPrincipalName }) => ({
    line,
    column,
    problem: `${userPrincipalName} is no user: import the users first, or correct the name`,
  }));
  const more = new Map(unknown.map(({ line, count }) => [line, count - UNKNOWN_MEMBERS_SHOWN_MAX]));
  const rest = [...more].flatMap(([line, count]) =>
    count > 0 ? [{ line, column, problem: `and ${count} more are no users: import the users first` }] : [],
  );
  return [...shown, ...rest];
}
