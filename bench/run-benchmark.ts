import type { Log } from '@allot/store';
import { performBaseline } from './baseline/baseline.ts';
import { performFloor } from './floor/floor.ts';
import { startOurSide } from './ours/run-ours.ts';
import { baselineOutcome, type Outcome, ourOutcome } from './outcome.ts';
import { type BenchServer, openServer, type Pool } from './server.ts';
import { addedProduct, benchCatalogue } from './tenant/catalogue.ts';
import { tenantId } from './tenant/groups.ts';
import { specOf, Templates } from './tenant/make-template.ts';
import {
  isPreview,
  type Row,
  rows,
  type Side,
  sides,
  scarceShare,
  smallSize,
  type Step,
  type TenantKind,
  type Times,
  type Work,
} from './works.ts';

export interface BenchmarkOptions {
  readonly users: number;
  /** Ids of rows; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  readonly sides: ReadonlySet<Side>;
  readonly repetitions: number;
  readonly databaseUrl: string | undefined;
  readonly keepAs: string | undefined;
  readonly profileDir: string | undefined;
  readonly log: Log;
  /** Ends the run after the step under way, and cleans up. */
  readonly signal: AbortSignal;
  /** Told what is going on. */
  readonly tell: (sentence: string) => void;
}

/** What one side needed for one work on one tenant. */
export interface Measured {
  readonly side: Side;
  readonly work: Work;
  readonly tenant: TenantKind;
  readonly users: number;
  readonly times: Times;
  /** Highest resident memory of the process that ran our code. */
  readonly memoryMbPeak: number | undefined;
  /** Undefined for the floor, which licenses nobody. */
  readonly outcome: Outcome | undefined;
}

export interface Benchmark {
  readonly users: number;
  readonly postgresVersion: string;
  readonly embedded: boolean;
  readonly cohorts: Readonly<Partial<Record<TenantKind, number>>>;
  readonly rows: readonly Row[];
  readonly measured: readonly Measured[];
}

/** Measures the works of the rows asked for, each side of each repetition in a database of its own. */
export async function runBenchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const server = await openServer(options);
  try {
    const templates = new Templates(server, options.log, options.tell);
    const wanted = rows.filter(({ id }) => options.only === undefined || options.only.has(id));
    const measured: Measured[] = [];
    const cohorts: Partial<Record<TenantKind, number>> = {};
    for (const { work, tenant, step } of wanted) {
      if (step === 'buy') continue;
      const compared = sides.filter((side) => options.sides.has(side) && !(side === 'baseline' && isPreview(work)));
      for (const side of compared) {
        measured.push(await measure(server, templates, options, { side, work, tenant, users: options.users }));
      }
      if (work === 'change-bundle' && options.users > smallSize && options.sides.has('ours')) {
        measured.push(await measure(server, templates, options, { side: 'ours', work, tenant, users: smallSize }));
      }
      cohorts[tenant] ??= (await templates.get(specOf(tenant, work, options.users, false))).cohorts;
    }
    return {
      users: options.users,
      postgresVersion: server.version,
      embedded: server.embedded,
      cohorts,
      rows: wanted,
      measured,
    };
  } finally {
    await server.close();
  }
}

interface Subject {
  readonly side: Side;
  readonly work: Work;
  readonly tenant: TenantKind;
  readonly users: number;
}

async function measure(
  server: BenchServer,
  templates: Templates,
  options: BenchmarkOptions,
  subject: Subject,
): Promise<Measured> {
  const { side, work, tenant, users } = subject;
  const template = await templates.get(specOf(tenant, work, users, side === 'baseline'));
  const ourSide = side === 'ours' ? startOurSide(options.profileDir) : undefined;
  // Ours undoes a changed bundle by itself, and a preview changes nothing, so one database is enough.
  const undone = work === 'change-bundle' || isPreview(work);
  const databases = ourSide && undone ? 1 : options.repetitions;
  const times: Record<Step, number[]> = { work: [], buy: [] };
  let memoryMbPeak: number | undefined;
  let outcome: Outcome | undefined;
  const once = async (name: string): Promise<Times> => {
    if (!ourSide)
      return server.use(name, (database) =>
        side === 'floor' ? performFloor(database.pool, work, users) : performBaseline(database, work, users),
      );
    const reply = await ourSide.run({ work, databaseUrl: server.urlOf(name), users, repetitions: options.repetitions });
    memoryMbPeak = reply.memoryMbPeak;
    return reply.times;
  };
  try {
    for (let i = 0; i < databases; i++) {
      options.signal.throwIfAborted();
      const name = `${side}_${i}`;
      await server.clone(template.name, name);
      if (work === 'scarce-seats')
        await server.use(name, ({ pool }) => setSeats(pool, Math.floor(users * scarceShare)));
      const more = await once(name);
      for (const step of ['work', 'buy'] as const) times[step].push(...(more[step] ?? []));
      options.tell(
        `${side}, ${work}, ${tenant}, ${users} users: ${Object.values(more)
          .flat()
          .map((ms) => `${ms.toFixed(0)} ms`)
          .join(', ')}`,
      );
      if (i === databases - 1) outcome = await server.use(name, ({ pool }) => outcomeOf(side, pool));
      await server.drop(name);
    }
  } finally {
    await ourSide?.stop();
  }
  return { ...subject, times, memoryMbPeak, outcome };
}

async function outcomeOf(side: Side, pool: Pool): Promise<Outcome | undefined> {
  switch (side) {
    case 'ours':
      return ourOutcome(pool);
    case 'baseline':
      return baselineOutcome(pool);
    case 'floor':
      return undefined;
  }
}

const setSeats = (pool: Pool, units: number): Promise<unknown> =>
  pool.query('update allot.subscription set units = $3 where tenant_id = $1 and product_id = $2', [
    tenantId,
    benchCatalogue().productId(addedProduct),
    units,
  ]);
