import assert from 'node:assert/strict';
import { direct } from './names.ts';

/** The ids that a tenant gave to what a scenario calls by name, both ways. */
export class Ids {
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  learn(name: string, id: string): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  id(name: string): string {
    const id = this.#ids.get(name);
    assert.ok(id, `there is no id of ${name}`);
    return id;
  }

  name(id: string): string {
    const name = this.#names.get(id);
    assert.ok(name, `the scenario has nobody with the id ${id}`);
    return name;
  }

  nameIfKnown(id: string): string | undefined {
    return this.#names.get(id);
  }

  /** `direct`, or the name of a group. */
  source(source: string | null): string {
    return source === null || source === direct ? direct : this.name(source);
  }
}
