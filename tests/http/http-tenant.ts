import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Processing, Summary, WaitingUser } from '@allot/contract';
import type { Assignment } from '../model/assignment-request.ts';
import type { MembershipChange, NewUser } from '../model/naive-tenant.ts';
import type { Step, World } from '../model/random-history.ts';

interface Collection<T> {
  readonly value: readonly T[];
}

interface User {
  readonly id: string;
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly licenseAssignmentStates: readonly {
    readonly skuId: string;
    readonly disabledPlans: readonly string[];
    readonly assignedByGroup: string | null;
    readonly state: string;
    readonly error: string;
  }[];
}

interface SubscribedSku {
  readonly skuId: string;
  readonly consumedUnits: number;
  readonly prepaidUnits: { readonly enabled: number; readonly warning: number };
}

/** What clients see of a tenant, in the ids of the model. */
export interface Shown {
  readonly users: ReadonlyMap<string, ShownUser>;
  readonly products: ReadonlyMap<
    string,
    { readonly usable: number; readonly consumed: number; readonly waiting: number | undefined }
  >;
  readonly usersInTotal: number;
  readonly licensesGranted: number;
}

export interface ShownUser {
  readonly licenseAssignmentStates: readonly {
    readonly source: string;
    readonly productId: string;
    readonly state: string;
    readonly error: string;
    readonly disabledPlans: readonly string[];
  }[];
  /** Product → plans that are off. */
  readonly assignedLicenses: ReadonlyMap<string, readonly string[]>;
}

/** A tenant of a running server, changed and read by its routes and by nothing else. */
export class HttpTenant {
  readonly #baseUrl: string;
  readonly #token: string;
  /** Ids of users and groups: the server gives its own. */
  readonly #ids = new Map<string, string>();
  readonly #modelIds = new Map<string, string>();
  readonly #users = new Set<string>();
  readonly #groups = new Set<string>();
  readonly #subscriptions = new Map<string, string>();

  constructor(baseUrl: string, token: string) {
    this.#baseUrl = baseUrl;
    this.#token = token;
  }

  /** The catalogue and the settings of a world. */
  async setUp({ catalogue, settings }: World): Promise<void> {
    for (const { id, mailbox, deny, allow } of catalogue.plans) {
      const locations = deny ? { deny } : allow ? { allow } : null;
      await this.#ask(201, 'PUT', `/allot/v1/catalogue/plans/${id}`, {
        servicePlanName: id,
        mailbox: mailbox ?? false,
        locations,
      });
    }
    for (const { id, plans, company } of catalogue.products) {
      const product = { skuPartNumber: id, servicePlans: plans, appliesTo: company ? 'Company' : 'User' };
      await this.#ask(201, 'PUT', `/allot/v1/catalogue/products/${id}`, product);
    }
    const { exclusions, requirements } = catalogue;
    await this.#ask(200, 'PUT', '/allot/v1/catalogue/rules', { exclusions, requirements });
    await this.#ask(200, 'PATCH', '/allot/v1/settings', settings);
  }

  /** @returns the text with which the step was refused, having changed nothing; undefined: it was not */
  async apply(step: Step): Promise<string | undefined> {
    switch (step.kind) {
      case 'addUsers':
        for (const user of step.users) await this.#addUser(user);
        return undefined;
      case 'setUsageLocation':
        return this.#done('PATCH', `/v1.0/users/${this.#id(step.userId)}`, { usageLocation: step.usageLocation });
      case 'setAddresses':
        return this.#done('PUT', `/allot/v1/users/${this.#id(step.userId)}/addresses`, {
          proxyAddresses: step.addresses,
        });
      case 'deleteUser':
        this.#users.delete(step.userId);
        return this.#done('DELETE', `/v1.0/users/${this.#id(step.userId)}`);
      case 'addGroup':
        return this.#addGroup(step.groupId);
      case 'setGroupLicensing':
        return this.#orRefused(200, 'PATCH', `/allot/v1/groups/${this.#id(step.groupId)}/licensing`, step.licensing);
      case 'changeMembers':
        return this.#changeMembers(step.changes);
      case 'assignGroup':
        return this.#orRefused(202, 'POST', `/v1.0/groups/${this.#id(step.groupId)}/assignLicense`, assignBody(step));
      case 'assignDirect':
        return this.#orRefused(200, 'POST', `/v1.0/users/${this.#id(step.userId)}/assignLicense`, assignBody(step));
      case 'setSeats':
        return this.#setSeats(step.productId, step.usable);
      case 'setRules': {
        const { exclusions, requirements } = step;
        await this.#ask(200, 'PUT', '/allot/v1/catalogue/rules', { exclusions, requirements });
        return undefined;
      }
      case 'reprocess':
        for (const id of this.#groups) await this.#ask(202, 'POST', `/allot/v1/groups/${this.#id(id)}/reprocess`);
        for (const id of this.#users)
          await this.#ask(200, 'POST', `/v1.0/users/${this.#id(id)}/reprocessLicenseAssignment`);
        return undefined;
    }
  }

  /** Waits until everything accepted so far is settled. */
  async settled(): Promise<void> {
    while ((await this.#ask<Processing>(200, 'GET', '/allot/v1/processing')).pending !== 0) await sleep(pollMs);
  }

  async shown(): Promise<Shown> {
    const [users, skus, summary] = await Promise.all([
      this.#ask<Collection<User>>(
        200,
        'GET',
        '/v1.0/users?$top=999&$select=id,assignedLicenses,licenseAssignmentStates',
      ),
      this.#ask<Collection<SubscribedSku>>(200, 'GET', '/v1.0/subscribedSkus?$select=skuId,consumedUnits,prepaidUnits'),
      this.#ask<Summary>(200, 'GET', '/allot/v1/summary'),
    ]);
    const waiting = new Map(summary.products.map((product) => [product.skuId, product.waiting]));
    return {
      users: new Map(users.value.map((user) => [this.#modelId(user.id), this.#shownUser(user)])),
      products: new Map(
        skus.value.map(({ skuId, consumedUnits: consumed, prepaidUnits: { enabled, warning } }) => [
          skuId,
          { usable: enabled + warning, consumed, waiting: waiting.get(skuId) },
        ]),
      ),
      usersInTotal: summary.users,
      licensesGranted: summary.licensesGranted,
    };
  }

  async waiting(productId: string) {
    const { value } = await this.#ask<Collection<WaitingUser>>(200, 'GET', `/allot/v1/waiting?skuId=${productId}`);
    return value.map(({ userId, priority, position }) => ({ userId: this.#modelId(userId), priority, position }));
  }

  #shownUser({ licenseAssignmentStates, assignedLicenses }: User): ShownUser {
    return {
      licenseAssignmentStates: licenseAssignmentStates.map(
        ({ assignedByGroup, skuId, state, error, disabledPlans }) => ({
          source: assignedByGroup === null ? 'direct' : this.#modelId(assignedByGroup),
          productId: skuId,
          state,
          error,
          disabledPlans: disabledPlans.toSorted(),
        }),
      ),
      assignedLicenses: new Map(assignedLicenses.map(({ skuId, disabledPlans }) => [skuId, disabledPlans.toSorted()])),
    };
  }

  async #addUser({ id, usageLocation, addresses }: NewUser): Promise<void> {
    const name = `u${id.slice(0, 8)}`;
    const created = await this.#ask<User>(201, 'POST', '/v1.0/users', {
      accountEnabled: true,
      displayName: name,
      mailNickname: name,
      userPrincipalName: `${name}@histories.example`,
      passwordProfile: { password: 'not kept' },
      usageLocation: usageLocation ?? null,
    });
    this.#learn(id, created.id);
    this.#users.add(id);
    if (addresses?.length)
      await this.#done('PUT', `/allot/v1/users/${this.#id(id)}/addresses`, { proxyAddresses: addresses });
  }

  async #addGroup(id: string): Promise<undefined> {
    const name = `g${id.slice(0, 8)}`;
    const group = { displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true };
    this.#learn(id, (await this.#ask<{ id: string }>(201, 'POST', '/v1.0/groups', group)).id);
    this.#groups.add(id);
  }

  /** Of one group: one who leaves, or some who join. */
  async #changeMembers(changes: readonly MembershipChange[]): Promise<undefined> {
    const group = `/v1.0/groups/${this.#id(changes[0]?.group ?? '')}`;
    const reference = (user: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${this.#id(user)}`;
    const [first, ...others] = changes;
    if (first?.member === false) return this.#done('DELETE', `${group}/members/${this.#id(first.user)}/$ref`);
    if (first && others.length === 0)
      return this.#done('POST', `${group}/members/$ref`, { '@odata.id': reference(first.user) });
    return this.#done('PATCH', group, { 'members@odata.bind': changes.map(({ user }) => reference(user)) });
  }

  async #setSeats(skuId: string, units: number): Promise<undefined> {
    const known = this.#subscriptions.get(skuId);
    if (known !== undefined) {
      await this.#ask(200, 'PATCH', `/allot/v1/subscriptions/${known}`, { units });
      return;
    }
    const created = await this.#ask<{ id: string }>(201, 'POST', '/allot/v1/subscriptions', { skuId, units });
    this.#subscriptions.set(skuId, created.id);
  }

  #learn(modelId: string, id: string): void {
    this.#ids.set(modelId, id);
    this.#modelIds.set(id, modelId);
  }

  #id(modelId: string): string {
    const id = this.#ids.get(modelId);
    assert.ok(id, `the server has given no id for ${modelId}`);
    return id;
  }

  #modelId(id: string): string {
    const modelId = this.#modelIds.get(id);
    assert.ok(modelId, `nobody has asked for ${id}`);
    return modelId;
  }

  async #done(method: string, path: string, body?: unknown): Promise<undefined> {
    await this.#ask(204, method, path, body);
  }

  /** `T` is what the route answers; whether it does, the comparison with the model says. */
  async #ask<T>(status: number, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body);
    assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)}: ${answer.text}`);
    return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T; // said above
  }

  async #orRefused(status: number, method: string, path: string, body: unknown): Promise<string | undefined> {
    const answer = await this.#send(method, path, body);
    if (answer.status === status) return undefined;
    assert.equal(answer.status, 400, `${method} ${path}: ${answer.text}`);
    const { error }: { error: { code: string; message: string } } = JSON.parse(answer.text);
    assert.equal(error.code, 'Request_BadRequest');
    return error.message;
  }

  async #send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }
}

const pollMs = 3;

const assignBody = ({ add, remove }: { readonly add: readonly Assignment[]; readonly remove: readonly string[] }) => ({
  addLicenses: add.map(({ productId, disabledPlans }) => ({ skuId: productId, disabledPlans })),
  removeLicenses: remove,
});
