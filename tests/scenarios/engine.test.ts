import { test } from 'node:test';
import { EngineSubject } from './engine-subject.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { whyNot } from './runners.ts';

for (const scenario of readScenarios()) {
  if (whyNot(scenario, 'engine') !== undefined) continue;
  test(`in the engine: ${scenario.id} (${scenario.rules.join(', ')}): ${scenario.claim}`, () =>
    runScenario(scenario, new EngineSubject(scenario), 'engine'));
}
