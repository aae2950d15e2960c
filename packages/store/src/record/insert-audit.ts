import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { Activity } from './activities.ts';
import { auditTerms } from './audit-terms.ts';

export interface AuditTarget {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: 'User' | 'Group' | 'Application' | 'Other';
  readonly modifiedProperties?: readonly {
    readonly displayName: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
}

/** One entry of the audit log (L-29), in Graph's words. */
export interface AuditEntry {
  readonly activity: Activity;
  readonly category:
    | 'UserManagement'
    | 'GroupManagement'
    | 'DirectoryManagement'
    | 'ApplicationManagement'
    | 'RoleManagement';
  readonly result?: 'success' | 'failure';
  readonly resultReason?: string;
  readonly correlationId: string;
  readonly actor: {
    readonly kind: 'app' | 'user';
    readonly id: string;
    readonly displayName: string;
    /** Of a user. */
    readonly userPrincipalName?: string;
  };
  readonly targets: readonly AuditTarget[];
  readonly details?: readonly { readonly key: string; readonly value: string }[];
}

export async function insertAudit(trx: Handle, tenantId: string, entries: readonly AuditEntry[]): Promise<void> {
  if (!entries.length) return;
  const actors = entries.map((entry) => initiatedBy(entry));
  await sql`
    insert into allot.audit (tenant_id, activity, category, result, result_reason, correlation_id, initiated_by, targets, details, terms)
    select ${tenantId}, e.activity, e.category, e.result, e.result_reason, e.correlation_id, e.initiated_by, e.targets, e.details,
           array(select lower(term) from jsonb_array_elements_text(e.terms) as term)
    from unnest(
      ${entries.map((e) => e.activity)}::text[], ${entries.map((e) => e.category)}::text[],
      ${entries.map((e) => e.result ?? 'success')}::text[], ${entries.map((e) => e.resultReason ?? null)}::text[],
      ${entries.map((e) => e.correlationId)}::uuid[], ${actors.map((actor) => JSON.stringify(actor))}::jsonb[],
      ${entries.map((e) => JSON.stringify(e.targets))}::jsonb[], ${entries.map((e) => JSON.stringify(e.details ?? []))}::jsonb[],
      ${entries.map((e, i) => JSON.stringify(auditTerms(e, actors[i] ?? {})))}::jsonb[])
      as e (activity, category, result, result_reason, correlation_id, initiated_by, targets, details, terms)
  `.execute(trx);
}

const initiatedBy = ({ actor }: AuditEntry): Readonly<Record<'user' | 'app', object | null>> =>
  actor.kind === 'app'
    ? { user: null, app: { appId: actor.id, displayName: actor.displayName } }
    : {
        user: { id: actor.id, displayName: actor.displayName, userPrincipalName: actor.userPrincipalName ?? null },
        app: null,
      };
