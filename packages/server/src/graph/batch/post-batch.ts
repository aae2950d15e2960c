import { ApiError, badRequest } from '@allot/contract';
import { ok, type PartAnswer, type Parts, type RouteAnswer, type RouteRequest } from '../../http/index.ts';
import { versionOf } from '../query/links.ts';
import { orderSteps } from './order-steps.ts';
import { readBatch, type Step } from './read-batch.ts';
import { fewAtATime } from './few-at-a-time.ts';

/** Parts of one batch that are under way at the same time: each may hold one of the ten connections to the database. */
const PARTS_AT_ONCE_MAX = 4;

/** POST /$batch */
export async function postBatch(request: RouteRequest): Promise<RouteAnswer> {
  const { parts } = request;
  if (parts === undefined) {
    throw badRequest('A batch request cannot contain another batch request.', 'Send the inner requests in this batch.');
  }
  const steps = readBatch(request.body, versionOf(request));
  const answers = await answerSteps(steps, parts);
  return ok({ responses: steps.map(({ id }, at) => ({ id, ...answers[at] })) });
}

/** The answers to steps, in the order in which they were sent, whatever the order in which they were given. */
async function answerSteps(steps: readonly Step[], parts: Parts): Promise<readonly PartAnswer[]> {
  const begun = new Map<string, Promise<PartAnswer>>();
  const run = fewAtATime(PARTS_AT_ONCE_MAX);
  for (const { step, waitsFor } of orderSteps(steps)) {
    const before = waitsFor.flatMap((id) => begun.get(id) ?? []);
    const needed = step.dependsOn.flatMap((id) => begun.get(id) ?? []);
    const answer = async () => {
      await Promise.all(before);
      const failed = (await Promise.all(needed)).findIndex(({ status }) => status >= 400);
      if (failed !== -1) return parts.refuse(step.part, failedDependency(step.dependsOn[failed] ?? ''));
      return run(async () => (parts.isAbandoned() ? parts.refuse(step.part, abandoned()) : parts.send(step.part)));
    };
    begun.set(step.id, answer());
  }
  return Promise.all(steps.flatMap(({ id }) => begun.get(id) ?? []));
}

const failedDependency = (id: string): ApiError =>
  new ApiError(
    424,
    'FailedDependency',
    `The request was not sent because request '${id}', which it depends on, failed.`,
    {
      advice: `Correct request '${id}', then send both again.`,
    },
  );

/** Nobody reads it; it stands for what was not begun. */
const abandoned = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'The client went away before this request was begun.', {
    advice: 'Send it again.',
  });
