import type { GroupShown } from '../group-data.ts';

export function RuleTab({ group }: { readonly group: GroupShown }) {
  return <pre>{group.membershipRule}</pre>;
}
