import { availableParallelism, cpus, totalmem } from 'node:os';
import { median } from './elapsed.ts';
import type { Benchmark, Measured } from './run-benchmark.ts';
import { type Row, type Side, smallSize, type TenantKind } from './works.ts';

export interface ReportRow {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  /** Medians in milliseconds. */
  readonly oursMs: number | undefined;
  readonly floorMs: number | undefined;
  readonly baselineMs: number | undefined;
  /** Ours as a multiple of the floor, and the baseline as a multiple of ours. */
  readonly oursToFloor: number | undefined;
  readonly baselineToOurs: number | undefined;
  readonly memoryMbPeak: number | undefined;
  /** W1 only: our time as a multiple of the one at 10,000 users. */
  readonly toSmallSize: number | undefined;
  /** Whether ours and the baseline license the same number of users; undefined: only one of them ran. */
  readonly agree: boolean | undefined;
}

export interface Report {
  readonly users: number;
  readonly at: string;
  readonly machine: { readonly cores: number; readonly processor: string; readonly memoryGb: number };
  readonly postgres: string;
  readonly node: string;
  readonly cohorts: Readonly<Partial<Record<TenantKind, number>>>;
  readonly rows: readonly ReportRow[];
  readonly measured: readonly Measured[];
}

export function reportOf(benchmark: Benchmark): Report {
  return {
    users: benchmark.users,
    at: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memoryGb: Math.round(totalmem() / 1024 ** 3),
    },
    postgres: `${benchmark.postgresVersion}${benchmark.embedded ? ', embedded' : ''}`,
    node: process.version,
    cohorts: benchmark.cohorts,
    rows: benchmark.rows.map((row) => reportRow(row, benchmark)),
    measured: benchmark.measured,
  };
}

function reportRow(row: Row, { measured, users }: Benchmark): ReportRow {
  const of = (side: Side, size = users) =>
    measured.find((m) => m.side === side && m.work === row.work && m.tenant === row.tenant && m.users === size);
  const ms = (found: Measured | undefined) => median(found?.times[row.step] ?? []);
  const [ours, baseline] = [of('ours'), of('baseline')];
  const [oursMs, floorMs, baselineMs] = [ms(ours), ms(of('floor')), ms(baseline)];
  return {
    id: row.id,
    title: row.title,
    target: row.target,
    oursMs,
    floorMs,
    baselineMs,
    oursToFloor: quotient(oursMs, floorMs),
    baselineToOurs: quotient(baselineMs, oursMs),
    memoryMbPeak: ours?.memoryMbPeak,
    toSmallSize:
      row.work === 'change-bundle' && users > smallSize ? quotient(oursMs, ms(of('ours', smallSize))) : undefined,
    agree: ours && baseline ? JSON.stringify(ours.outcome) === JSON.stringify(baseline.outcome) : undefined,
  };
}

const quotient = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined || b === 0 ? undefined : a / b;

/** The table for people. */
export function printReport(report: Report): string {
  const { machine } = report;
  const cohorts = Object.entries(report.cohorts).map(([tenant, count]) => `${tenant}: ${count} cohorts`);
  return [
    `${report.users} users; ${cohorts.join('; ')}`,
    `${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, PostgreSQL ${report.postgres}, Node ${report.node}`,
    '',
    ...table([headings, ...report.rows.map(cellsOf)]),
    ...report.rows.flatMap(({ id, title, agree }) =>
      agree === false ? [`${id} ${title}: ours and the baseline do not agree; the outcomes are in the JSON.`] : [],
    ),
  ].join('\n');
}

const headings = ['', 'work', 'ours', 'floor', 'baseline', 'ours/floor', 'baseline/ours', 'memory', 'target'];

const cellsOf = (row: ReportRow): string[] => [
  row.id,
  row.title,
  milliseconds(row.oursMs),
  milliseconds(row.floorMs),
  milliseconds(row.baselineMs),
  row.oursToFloor?.toFixed(2) ?? '-',
  row.baselineToOurs?.toFixed(1) ?? '-',
  row.memoryMbPeak === undefined ? '-' : `${row.memoryMbPeak.toFixed(0)} MB`,
  `${row.target}${row.toSmallSize === undefined ? '' : ` (${row.toSmallSize.toFixed(2)} x time at ${smallSize})`}`,
];

const milliseconds = (ms: number | undefined): string =>
  ms === undefined ? '-' : ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;

function table(lines: readonly (readonly string[])[]): string[] {
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const leftColumns = new Set([0, 1, headings.length - 1]);
  return lines.map((line) =>
    line
      .map((cell, i) => (leftColumns.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
