import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, GroupLicensing, GroupProgress, Processing } from '@allot/contract';
import { Failure } from './failure.ts';
import type { Io } from './io.ts';
import { waitingLine } from './output/waiting-line.ts';

/** The server settles a small change within milliseconds, a tenant within minutes: ask often at first. */
const pollMsMin = 100;
const pollMsMax = 2000;
/** After this long something is wrong on the server, and a script should hear of it. */
export const waitMinutesMax = 60;

/** Until everything accepted so far is settled. */
export function waitForAll(client: Client, io: Io): Promise<Processing> {
  const ask = () => client.get<Processing>('/allot/v1/processing');
  return poll(io, 'everything to be settled', ask, ({ pending }) =>
    pending === 0 ? null : `${pending} changes pending`,
  );
}

/** Until the group's members are processed. */
export function waitForGroup(client: Client, id: string, io: Io): Promise<GroupLicensing> {
  const ask = () => client.get<GroupLicensing>(`/allot/v1/groups/${id}/licensing`);
  const unfinished = (group: GroupLicensing) => (group.state === 'ProcessingComplete' ? null : progressText(group));
  return poll(io, 'the members of the group', ask, unfinished);
}

export function progressText({ done, total, failed, etaSeconds }: GroupProgress): string {
  const left = etaSeconds === null ? '' : `, about ${count(etaSeconds)} s left`;
  return `${count(done)} of ${count(total)} done, ${count(failed)} failed${left}`;
}

const count = (number: number): string => number.toLocaleString('en-US');

/** `unfinished`: what is still to be done, in words; null when nothing is. */
async function poll<T>(
  io: Io,
  what: string,
  ask: () => Promise<T>,
  unfinished: (answer: T) => string | null,
): Promise<T> {
  const line = waitingLine(io);
  const end = Date.now() + waitMinutesMax * 60_000;
  let pauseMs = pollMsMin;
  try {
    for (;;) {
      const answer = await ask();
      const text = unfinished(answer);
      if (text === null) return answer;
      line.show(`Waiting for ${what}: ${text}`);
      if (Date.now() > end) throw tooLong(what, text);
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, pollMsMax);
    }
  } finally {
    line.clear();
  }
}

const tooLong = (what: string, text: string): Failure =>
  new Failure(
    `Gave up after ${waitMinutesMax} minutes of waiting for ${what}: ${text}.`,
    'Nothing is lost. Check that a worker runs (allot worker, or the server itself) and what its log says.',
  );
