import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Names } from './names.ts';
import {
  actionKeys,
  groupKeys,
  type Known,
  readActions,
  readNewGroup,
  readNewUser,
  readSettings,
  userKeys,
} from './read-action.ts';
import { readCatalogue } from './read-catalogue.ts';
import { nothingChanges, readExpectation } from './read-expectation.ts';
import { ruleTitles } from './rule-titles.ts';
import type { Action, Scenario, Step } from './scenario.ts';
import { Field } from './yaml-field.ts';

const folder = join(import.meta.dirname, '../../scenarios');

/** All scenarios, by file. @throws ScenarioProblem naming file and line */
export function readScenarios(): Scenario[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted();
  const scenarios = files.flatMap((file) =>
    parseScenarios(readFileSync(join(folder, file), 'utf8'), `scenarios/${file}`),
  );
  const seen = new Map<string, string>();
  for (const { id, place } of scenarios) {
    const first = seen.get(id);
    if (first !== undefined) throw new Error(`${place}: '${id}' is the id of ${first} already.`);
    seen.set(id, place);
  }
  return scenarios;
}

/** @param file as it is named in messages */
export const parseScenarios = (text: string, file: string): Scenario[] =>
  Field.parse(text, file)
    .list()
    .map((field) => readScenario(field));

function readScenario(field: Field): Scenario {
  const fields = field.keys(['id', 'rules', 'claim', 'given', 'then', 'steps']);
  const text = (key: 'id' | 'claim') => fields.get(key)?.text() ?? field.fail(`the scenario has no ${key}.`);
  const given = fields.get('given') ?? field.fail('the scenario has no given.');
  const { known, setUp } = readGiven(given);
  const then = fields.get('then');
  const start = then ? readExpectation(then, known) : nothingChanges(field.place);
  return {
    id: text('id'),
    rules: readRuleNumbers(fields.get('rules') ?? field.fail('the scenario names no rules.')),
    claim: text('claim'),
    place: field.place,
    catalogue: known.catalogue,
    setUp,
    start,
    steps: (fields.get('steps')?.list() ?? []).map((step) => readStep(step, known)),
  };
}

const readRuleNumbers = (field: Field): string[] =>
  field.list().map((one) => (ruleTitles.has(one.text()) ? one.text() : one.fail(`'${one.text()}' is no rule.`)));

function readGiven(field: Field): { known: Known; setUp: Action[] } {
  const fields = field.keys(['products', 'plans', 'rules', 'settings', 'seats', 'users', 'groups']);
  const settings = fields.get('settings') ? readSettings(fields.get('settings') ?? field) : {};
  const catalogue = readCatalogue({
    products: fields.get('products') ?? field.fail('given has no products.'),
    plans: fields.get('plans'),
    rules: fields.get('rules'),
    ruleSet: settings.ruleSet ?? 'classic',
  });
  const names = new Names(catalogue);
  const known = { names, catalogue };
  const seats = fields.get('seats');
  const setUp: Action[] = [
    ...(Object.keys(settings).length > 0 ? [{ kind: 'settings' as const, settings }] : []),
    ...(seats ? readActions('seats', seats, known) : []),
    ...readUsers(fields.get('users'), names),
    ...(fields.get('groups')?.entries() ?? []).flatMap(([name, one]) => readNewGroup(name, one.keys(groupKeys), names)),
  ];
  return { known, setUp };
}

/** A list of names, or a map of names to what is said of them. */
function readUsers(field: Field | undefined, names: Names): Action[] {
  if (field?.isList) return field.texts().flatMap((name) => readNewUser(name, new Map(), names));
  return (field?.entries() ?? []).flatMap(([name, one]) => readNewUser(name, one.keys(userKeys), names));
}

function readStep(field: Field, known: Known): Step {
  const fields = field.keys([...actionKeys, 'together', 'atOnce', 'refused', 'then']);
  const doing = [...fields].filter(([key]) => key !== 'refused' && key !== 'then');
  const [first, ...others] = doing;
  if (!first || others.length > 0)
    return field.fail('a step is one thing that somebody does; use together for several.');
  const [key, what] = first;
  const mode = key === 'together' || key === 'atOnce' ? key : 'single';
  const actions = mode === 'single' ? readOne(field, known) : what.list().flatMap((one) => readOne(one, known));
  const refused = fields.get('refused');
  const then = fields.get('then');
  const fill = (text: string, at: Field) => withIds(text, at, known);
  return {
    place: field.place,
    mode,
    actions,
    refused: !refused
      ? undefined
      : refused.isList
        ? refused.texts().map((one) => fill(one, refused))
        : fill(refused.text(), refused),
    outcome: then ? readExpectation(then, known) : nothingChanges(field.place),
  };
}

function readOne(field: Field, known: Known): Action[] {
  return field.entries().flatMap(([name, what]) => {
    if (name === 'refused' || name === 'then') return [];
    const key = actionKeys.find((one) => one === name);
    return key
      ? readActions(key, what, known)
      : what.fail(`nothing is called '${name}' here. There are: ${actionKeys.join(', ')}.`);
  });
}

/** `{E3}` and `{YAMMER_ENTERPRISE}` stand for ids, which is what messages of Graph name. */
function withIds(text: string, at: Field, { catalogue }: Known): string {
  return text.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const id = catalogue.products.get(name)?.productId ?? catalogue.plans.get(name)?.planId;
    return id ?? at.fail(`'{${name}}' is no product and no plan.`);
  });
}
