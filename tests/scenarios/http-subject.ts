import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PastLicensing, Processing, WaitingUser } from '@allot/contract';
import {
  assignBody,
  auditLine,
  type AuditTarget,
  groupBody,
  type Licenses,
  lostPlans,
  pastEntry,
  readLicenses,
  ruleBody,
} from './bodies.ts';
import { Ids } from './ids.ts';
import { Products } from './products.ts';
import type { Action, ExpectedGroup, ScenarioCatalogue, Units } from './scenario.ts';
import type { Shown, Subject, Waiting } from './subject.ts';

interface Collection<T> {
  readonly value: readonly T[];
}

/** A tenant of a running server, changed and read by its routes and by nothing else. */
export class HttpSubject implements Subject {
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #ids = new Ids();
  readonly #products: Products;
  readonly #subscriptions = new Map<string, string>();
  #auditSeen = 0;

  /** @param token of a tenant that has the catalogue of the scenario and nothing else */
  constructor(baseUrl: string, token: string, catalogue: ScenarioCatalogue) {
    this.#baseUrl = baseUrl;
    this.#token = token;
    this.#products = new Products(catalogue);
  }

  async perform(action: Action): Promise<string | undefined> {
    const refused = await this.#perform(action);
    if (refused === undefined) this.#products.apply(action);
    return refused;
  }

  async settle(): Promise<void> {
    while ((await this.#read<Processing>('/allot/v1/processing')).pending !== 0) await sleep(pollMs);
  }

  async shown(): Promise<Shown> {
    const [users, skus] = await Promise.all([
      this.#read<Collection<Licenses & { id: string }>>(
        '/v1.0/users?$top=999&$select=id,assignedLicenses,assignedPlans,licenseAssignmentStates',
      ),
      this.#read<Collection<Sku>>('/v1.0/subscribedSkus?$select=skuId,consumedUnits,prepaidUnits'),
    ]);
    return {
      users: new Map(
        users.value.map((user) => [this.#ids.name(user.id), readLicenses(user, this.#ids, this.#products.plansOf)]),
      ),
      seats: new Map(
        skus.value.map(({ skuId, consumedUnits: consumed, prepaidUnits: { enabled, warning } }) => [
          skuId,
          { consumed, usable: enabled + warning },
        ]),
      ),
    };
  }

  async waiting(productId: string): Promise<Waiting[]> {
    const { value } = await this.#read<Collection<WaitingUser>>(`/allot/v1/waiting?skuId=${productId}`);
    return value.map(({ userId, position }) => ({ user: this.#ids.name(userId), position }));
  }

  readonly explain = async (user: string): Promise<Map<string, string>> => {
    const { value } = await this.#read<Collection<Explained>>(`/allot/v1/users/${this.#ids.id(user)}/explanation`);
    return new Map(value.map(({ skuId, source, sentence }) => [`${skuId} ${this.#ids.source(source)}`, sentence]));
  };

  readonly groupState = async (group: string): Promise<ExpectedGroup> => {
    const { state, done, failed } = await this.#read<ExpectedGroup>(
      `/allot/v1/groups/${this.#ids.id(group)}/licensing`,
    );
    return { state, done, failed };
  };

  readonly groupErrors = async (group: string) => {
    const id = this.#ids.id(group);
    const errors = await this.#read<Collection<GroupError>>(`/allot/v1/groups/${id}/errors`);
    const members = await this.#read<Collection<{ id: string }>>(
      `/v1.0/groups/${id}/membersWithLicenseErrors?$select=id`,
    );
    return {
      counts: new Map(errors.value.map(({ skuId, error, count }) => [`${skuId} ${error}`, count])),
      members: members.value.map((user) => this.#ids.name(user.id)),
    };
  };

  readonly addresses = async (user: string) =>
    (await this.#read<{ proxyAddresses: string[] }>(`/allot/v1/users/${this.#ids.id(user)}/addresses`)).proxyAddresses;

  readonly lost = async (user: string) =>
    lostPlans(await this.#read(`/v1.0/users/${this.#ids.id(user)}?$select=assignedPlans`));

  readonly had = async (user: string, at: Date) => {
    const path = `/allot/v1/users/${this.#ids.id(user)}/history?at=${at.toISOString()}`;
    return (await this.#read<PastLicensing>(path)).licenses.map((license) => pastEntry(license, this.#ids));
  };

  readonly audit = async (): Promise<string[]> => {
    const { value } = await this.#read<Collection<DirectoryAudit>>(
      '/v1.0/auditLogs/directoryAudits?$orderby=activityDateTime asc&$top=1000',
    );
    const since = value.slice(this.#auditSeen);
    this.#auditSeen = value.length;
    return since.map(({ activityDisplayName: activity, result, targetResources: targets }) =>
      auditLine({ activity, result, targets }, this.#ids),
    );
  };

  async #perform(action: Action): Promise<string | undefined> {
    const id = (name: string) => this.#ids.id(name);
    switch (action.kind) {
      case 'settings':
        return this.#change('PATCH', '/allot/v1/settings', action.settings);
      case 'setRules':
        return this.#change('PUT', '/allot/v1/catalogue/rules', action.rules);
      case 'definePlan': {
        const { planId, name, displayName, service, mailbox, deny, allow } = action.plan;
        const locations = deny ? { deny } : allow ? { allow } : null;
        const body = { servicePlanName: name, displayName, service, mailbox, locations };
        return this.#change('PUT', `/allot/v1/catalogue/plans/${planId}`, body);
      }
      case 'defineProduct': {
        const { productId, skuPartNumber, displayName, appliesTo, planIds } = action.product;
        const body = { skuPartNumber, displayName, appliesTo, servicePlans: planIds };
        return this.#change('PUT', `/allot/v1/catalogue/products/${productId}`, body);
      }
      case 'seats':
        return this.#setSeats(action.productId, action.units);
      case 'createUser':
        return this.#createUser(action);
      case 'setLocation':
        return this.#change('PATCH', `/v1.0/users/${id(action.user)}`, { usageLocation: action.location });
      case 'setDepartment':
        return this.#change('PATCH', `/v1.0/users/${id(action.user)}`, { department: action.department });
      case 'setAddresses':
        return this.#change('PUT', `/allot/v1/users/${id(action.user)}/addresses`, {
          proxyAddresses: action.addresses,
        });
      case 'deleteUser':
        return this.#change('DELETE', `/v1.0/users/${id(action.user)}`);
      case 'restoreUser':
        return this.#change('POST', `/v1.0/directory/deletedItems/${id(action.user)}/restore`);
      case 'createGroup':
        return this.#create(action.group, '/v1.0/groups', groupBody(action.group, action.type, action.rule));
      case 'changeRule':
        return this.#change('PATCH', `/v1.0/groups/${id(action.group)}`, ruleBody(action.change));
      case 'updateGroup':
        return this.#change('PATCH', `/allot/v1/groups/${id(action.group)}/licensing`, action.options);
      case 'deleteGroup':
        return this.#change(
          'DELETE',
          `/v1.0/groups/${id(action.group)}${action.removeLicenses ? '?removeLicenses=true' : ''}`,
        );
      case 'endSubscription': {
        const endDateTime = new Date(Date.now() + action.days * dayMs).toISOString();
        const known = this.#subscriptions.get(`${action.productId} Enabled`);
        return this.#change('PATCH', `/allot/v1/subscriptions/${known}`, { endDateTime });
      }
      case 'passTime':
        return assert.fail('time passes by itself');
      case 'addMembers': {
        const members = action.members.map((name) => `https://graph.microsoft.com/v1.0/directoryObjects/${id(name)}`);
        return this.#change('PATCH', `/v1.0/groups/${id(action.group)}`, { 'members@odata.bind': members });
      }
      case 'removeMember':
        return this.#change('DELETE', `/v1.0/groups/${id(action.group)}/members/${id(action.member)}/$ref`);
      case 'assignUser':
        return this.#change('POST', `/v1.0/users/${id(action.user)}/assignLicense`, assignBody(action));
      case 'assignGroup':
        return this.#change('POST', `/v1.0/groups/${id(action.group)}/assignLicense`, assignBody(action));
      case 'reprocessUser':
        return this.#change('POST', `/v1.0/users/${id(action.user)}/reprocessLicenseAssignment`);
      case 'reprocessGroup':
        return this.#change('POST', `/allot/v1/groups/${id(action.group)}/reprocess`);
    }
  }

  async #createUser({
    user,
    location,
    addresses,
    department,
  }: Extract<Action, { kind: 'createUser' }>): Promise<string | undefined> {
    const refused = await this.#create(user, '/v1.0/users', {
      accountEnabled: true,
      displayName: user,
      mailNickname: user,
      userPrincipalName: `${user}@people.example`,
      passwordProfile: { password: 'not kept' },
      usageLocation: location,
      department,
    });
    if (refused !== undefined || addresses.length === 0) return refused;
    return this.#change('PUT', `/allot/v1/users/${this.#ids.id(user)}/addresses`, { proxyAddresses: addresses });
  }

  /** One subscription for each status there are seats in. */
  async #setSeats(skuId: string, wanted: Units): Promise<string | undefined> {
    for (const status of ['Enabled', 'Warning', 'Suspended'] as const) {
      const name = `${skuId} ${status}`;
      const units = wanted.get(status);
      const isKnown = this.#subscriptions.has(name);
      const refused = isKnown
        ? await this.#change('PATCH', `/allot/v1/subscriptions/${this.#subscriptions.get(name)}`, { units: units ?? 0 })
        : units === undefined
          ? undefined
          : await this.#addSubscription(name, { skuId, units, status });
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  async #addSubscription(name: string, body: object): Promise<string | undefined> {
    const answer = await this.#send('POST', '/allot/v1/subscriptions', body);
    if (answer.status === 201) this.#subscriptions.set(name, idOf(answer.text));
    return answer.status === 201 ? undefined : refusalOf(answer);
  }

  async #create(name: string, path: string, body: object): Promise<string | undefined> {
    const answer = await this.#send('POST', path, body);
    if (answer.status !== 201) return refusalOf(answer);
    this.#ids.learn(name, idOf(answer.text));
    return undefined;
  }

  async #change(method: string, path: string, body?: unknown): Promise<string | undefined> {
    const answer = await this.#send(method, path, body);
    return answer.status < 300 ? undefined : refusalOf(answer);
  }

  /** `T` is what the route answers; whether it does, the comparison says. */
  async #read<T>(path: string): Promise<T> {
    const answer = await this.#send('GET', path);
    assert.equal(answer.status, 200, `GET ${path}: ${answer.text}`);
    return JSON.parse(answer.text) as T; // said above
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
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

/** Rare enough that asking does not slow down what is waited for. */
const pollMs = 15;

const dayMs = 24 * 60 * 60 * 1000;

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Sku {
  readonly skuId: string;
  readonly consumedUnits: number;
  readonly prepaidUnits: { readonly enabled: number; readonly warning: number };
}

interface DirectoryAudit {
  readonly activityDisplayName: string;
  readonly result: string;
  readonly targetResources: readonly AuditTarget[];
}

interface Explained {
  readonly skuId: string;
  readonly source: string;
  readonly sentence: string;
}

interface GroupError {
  readonly skuId: string;
  readonly error: string;
  readonly count: number;
}

const idOf = (text: string): string => {
  const created: { id: string } = JSON.parse(text);
  return created.id;
};

/** The message of a 400, or of a 403 for what nobody may do; anything else is not a refusal. */
function refusalOf({ status, text }: Answer): string {
  assert.ok(status === 400 || status === 403, text);
  const { error }: { error: { code: string; message: string } } = JSON.parse(text);
  assert.equal(error.code, status === 400 ? 'Request_BadRequest' : 'Authorization_RequestDenied');
  return error.message;
}
