import assert from 'node:assert/strict';
import type { DirectoryAudit } from '@allot/contract';
import { type ApiServer, expectStatus } from '../api/api-server.ts';

export interface AuditPage {
  readonly value: readonly DirectoryAudit[];
  readonly '@odata.nextLink'?: string;
}

/** One page of the audit log. */
export async function auditPage(server: ApiServer, options: Readonly<Record<string, string>>): Promise<AuditPage> {
  const path = `/v1.0/auditLogs/directoryAudits?${new URLSearchParams(options)}`;
  // `as`: the shape of the contract, which the assertions look at.
  return (await expectStatus(200, server.call('GET', path))) as unknown as AuditPage;
}

/** Entries that meet a filter, newest first. */
export const entriesWhere = async (server: ApiServer, filter: string): Promise<readonly DirectoryAudit[]> =>
  (await auditPage(server, { $filter: filter, $top: '1000' })).value;

/** The only entry that meets a filter. */
export async function entryWhere(server: ApiServer, filter: string): Promise<DirectoryAudit> {
  const [entry, ...others] = await entriesWhere(server, filter);
  assert.ok(entry !== undefined && others.length === 0, `${others.length + (entry ? 1 : 0)} entries: ${filter}`);
  return entry;
}
