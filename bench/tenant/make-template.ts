import type { Database, Log } from '@allot/store';
import { prepareDatabase } from '../../packages/server/src/workers/prepare-database.ts';
import { insertStates } from '../baseline/states.ts';
import { elapsedMs } from '../elapsed.ts';
import type { BenchServer } from '../server.ts';
import type { TenantKind, Work } from '../works.ts';
import { insertCatalogue } from './catalogue.ts';
import { insertDepartmentMembers, insertGroups, insertUsers } from './directory.ts';
import { licensedGroups, tenantId } from './groups.ts';
import { countCohorts, insertBaseCohorts, licenseGroups } from './settle-tenant.ts';

export interface TemplateSpec {
  readonly users: number;
  readonly tenant: TenantKind;
  /** Whether users are members of their department's group; without, W3 makes them so. */
  readonly departments: boolean;
  /** Whether the tables of the baseline are there, filled with the same licenses. */
  readonly baseline: boolean;
}

export interface Template {
  readonly name: string;
  readonly cohorts: number;
}

export const specOf = (tenant: TenantKind, work: Work, users: number, baseline: boolean): TemplateSpec => ({
  users,
  tenant,
  // The adversarial tenant has none of its own: its department groups wait, empty and licensed, for W3.
  departments: tenant === 'organization' && work !== 'add-members',
  baseline,
});

const nameOf = ({ users, tenant, departments, baseline }: TemplateSpec): string =>
  [tenant, users, ...(departments ? [] : ['empty']), ...(baseline ? ['baseline'] : [])].join('_');

/** The databases that repetitions are cloned from; each made when it is first asked for. */
export class Templates {
  readonly #server: BenchServer;
  readonly #log: Log;
  readonly #tell: (sentence: string) => void;
  readonly #made = new Map<string, Promise<Template>>();

  constructor(server: BenchServer, log: Log, tell: (sentence: string) => void) {
    this.#server = server;
    this.#log = log;
    this.#tell = tell;
  }

  get(spec: TemplateSpec): Promise<Template> {
    const name = nameOf(spec);
    const made = this.#made.get(name) ?? this.#make(spec, name);
    this.#made.set(name, made);
    return made;
  }

  async #make(spec: TemplateSpec, name: string): Promise<Template> {
    const from = spec.baseline ? await this.get({ ...spec, baseline: false }) : undefined;
    const found = await this.#server.has(name);
    if (!found) await this.#server.clone(from?.name, name);
    return this.#server.use(name, async (database) => {
      if (!found) {
        const ms = await elapsedMs(() => fill(database, spec, this.#log));
        this.#tell(`Made ${name} in ${(ms / 1000).toFixed(1)} s`);
      }
      return { name, cohorts: await countCohorts(database.pool) };
    });
  }
}

async function fill(database: Database, spec: TemplateSpec, log: Log): Promise<void> {
  const { pool } = database;
  if (spec.baseline) {
    await insertStates(pool);
  } else {
    await prepareDatabase(database, log);
    await pool.query(
      `insert into allot.tenant (tenant_id, display_name, initial_domain) values ($1, 'Benchmark', 'bench.example')`,
      [tenantId],
    );
    await insertCatalogue(pool, tenantId, spec.users);
    await insertUsers(pool, tenantId, spec.users);
    await insertGroups(pool, tenantId, spec.tenant);
    if (spec.departments) await pool.query(insertDepartmentMembers, [tenantId]);
    await insertBaseCohorts(database, spec.users);
    await pool.query('vacuum analyze');
    await licenseGroups(database, licensedGroups(spec.tenant));
    // Repetitions start from tables as a tenant that has been at rest for a while has them.
    await pool.query('truncate allot.pointer_history, allot.pointer_history_pack, allot.cohort_history');
    await pool.query('vacuum full allot.user_cohort, allot.cohort, allot.cohort_exception');
  }
  await pool.query('vacuum (freeze, analyze)');
}
