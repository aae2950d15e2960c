import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Before, checkExpectation } from './check-expectation.ts';
import { type Runner, sees } from './runners.ts';
import type { Scenario, Step } from './scenario.ts';
import type { Subject } from './subject.ts';
import { Wanted } from './wanted.ts';

/** Runs a scenario and compares after every step what everybody has with what the file says. */
export async function runScenario(scenario: Scenario, subject: Subject, runner: Runner): Promise<void> {
  const wanted = new Wanted(scenario.catalogue);
  for (const action of scenario.setUp) {
    assert.equal(await subject.perform(action), undefined, `${scenario.place}: given is refused`);
    wanted.accept(action);
    if (action.kind === 'assignGroup' || action.kind === 'addMembers') await subject.settle();
  }
  await subject.settle();
  const isAudited = scenario.steps.some(({ outcome }) => outcome.audit) && sees(runner, 'audit');
  if (isAudited) await subject.audit?.();
  const instants: Date[] = [];
  const check = (outcome: Step['outcome'], before: Before | undefined) =>
    checkExpectation({ outcome, before, wanted, subject, runner, catalogue: scenario.catalogue, instants });
  let shown = await check(scenario.start, undefined);
  const isRemembered = scenario.steps.some(({ outcome }) => outcome.had.size > 0);
  for (const step of scenario.steps) {
    if (isRemembered) instants.unshift(await instantBetween());
    const refusals = await perform(step, subject);
    assertRefused(step, refusals);
    step.actions.forEach((action, at) => {
      if (refusals[at] === undefined) wanted.accept(action);
    });
    await subject.settle();
    shown = await check(step.outcome, shown);
    const recorded = isAudited ? await subject.audit?.() : undefined;
    if (step.outcome.audit && recorded) {
      assert.deepEqual(recorded, step.outcome.audit, `${step.outcome.place}: what is recorded`);
    }
  }
}

/** An instant that is neither in the step before nor in the next: history tells times by the millisecond. */
async function instantBetween(): Promise<Date> {
  await sleep(3);
  const now = new Date();
  await sleep(3);
  return now;
}

async function perform({ mode, actions }: Step, subject: Subject): Promise<(string | undefined)[]> {
  if (mode === 'atOnce') return Promise.all(actions.map((action) => subject.perform(action)));
  const refusals: (string | undefined)[] = [];
  for (const action of actions) {
    refusals.push(await subject.perform(action));
    if (refusals.at(-1) !== undefined) break;
  }
  return refusals;
}

function assertRefused({ refused, place }: Step, refusals: readonly (string | undefined)[]): void {
  const [text] = refusals.flatMap((one) => one ?? []);
  if (refused === undefined || typeof refused === 'string') {
    assert.equal(
      text,
      refused,
      `${place}: ${refused === undefined ? 'this is not refused' : 'the text of the refusal'}`,
    );
    return;
  }
  for (const piece of refused) assert.ok(text?.includes(piece), `${place}: '${text}' does not say '${piece}'`);
}
