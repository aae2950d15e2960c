import { departmentCount, departmentNames } from './groups.ts';

/** The departments that a third of the users are in, and the next ones: they share all but one. */
const third = Math.round(departmentCount / 3);
const few = (from: number): readonly string[] => departmentNames.slice(from, from + third);

/** W6: whom the rule names before it is edited and after. */
export const editedRule = { before: few(0), after: few(1) } as const;

export const ruleOver = (departments: readonly string[]): string =>
  `user.department -in [${departments.map((name) => `"${name}"`).join(', ')}]`;

/** Fifty rules, each of one department. */
export const manyRules: readonly { readonly department: string; readonly rule: string }[] = Array.from(
  { length: 50 },
  (_, i) => {
    const department = departmentNames[i % departmentCount] ?? '';
    return { department, rule: `user.department -eq "${department}" -and user.accountEnabled -eq true` };
  },
);
