import { ApiError, badRequest } from '@allot/contract';
import type { ChangeSubscription } from '@allot/store';
import { objectOf } from '../directory/read-values.ts';
import { isObjectId } from '../is-object-id.ts';

/** Longest life of a subscription to users and groups, in minutes, as in Graph. */
const subscriptionMinutesMax = 41_760;
/** Longest texts, in characters. */
const clientStateMax = 128;
const urlMax = 2_000;

export type WantedSubscription = Omit<ChangeSubscription, 'id' | 'clientId'>;

/** What is asked for in `POST /subscriptions`. @throws ApiError 400 naming the property */
export function readSubscription(body: unknown): WantedSubscription {
  const sent = objectOf(body);
  if (sent['includeResourceData'] === true)
    throw invalid('includeResourceData', 'Notifications name what changed; read it then.');
  const { kind, objectId, resource } = readResource(textOf(sent, 'resource'));
  return {
    changeTypes: readChangeTypes(textOf(sent, 'changeType')),
    resource,
    kind,
    objectId,
    notificationUrl: readUrl(textOf(sent, 'notificationUrl'), 'notificationUrl'),
    lifecycleUrl:
      sent['lifecycleNotificationUrl'] === undefined || sent['lifecycleNotificationUrl'] === null
        ? null
        : readUrl(textOf(sent, 'lifecycleNotificationUrl'), 'lifecycleNotificationUrl'),
    clientState: readClientState(sent['clientState']),
    expiresAt: readExpiration(sent['expirationDateTime']),
  };
}

/** The only thing that a renewal changes. @throws ApiError 400 */
export function readRenewal(body: unknown): Date {
  const { expirationDateTime, ...others } = objectOf(body);
  const [other] = Object.keys(others).filter((name) => !name.startsWith('@'));
  if (other !== undefined)
    throw invalid(other, 'Only expirationDateTime can be changed; make a new subscription for anything else.');
  return readExpiration(expirationDateTime);
}

const changeTypes = ['created', 'updated', 'deleted'];

function readChangeTypes(text: string): readonly string[] {
  const types = text.split(',').map((type) => type.trim().toLowerCase());
  if (!types.every((type) => changeTypes.includes(type)))
    throw invalid('changeType', `Send some of ${changeTypes.join(', ')}, separated by commas.`);
  return [...new Set(types)];
}

/** `users`, `users/{id}`, `groups`, `groups/{id}`, `groups/{id}/members`, with or without slashes around. */
function readResource(text: string): Pick<WantedSubscription, 'kind' | 'objectId' | 'resource'> {
  const path = text
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/^\/?(?:v1\.0|beta)\//i, '')
    .replaceAll(/^\/+|\/+$/g, '')
    .replace(/^(\w+)\('([^']*)'\)/, '$1/$2');
  const [, kind, id, members] = /^(users|groups)(?:\/([^/]+))?(?:\/(members))?$/i.exec(path) ?? [];
  const isUsers = kind?.toLowerCase() === 'users';
  const wrong =
    kind === undefined || (id !== undefined && !isObjectId(id)) || (members !== undefined && (isUsers || !id));
  if (wrong) throw invalid('resource', 'Send /users, /users/{id}, /groups, /groups/{id} or /groups/{id}/members.');
  return { kind: isUsers ? 'users' : 'groups', objectId: id?.toLowerCase() ?? null, resource: text };
}

function readUrl(text: string, name: string): string {
  if (text.length > urlMax || !URL.canParse(text)) throw invalid(name, 'Send an address that begins with https://.');
  return new URL(text).href;
}

function readClientState(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.length > clientStateMax)
    throw invalid('clientState', `Send a text of at most ${clientStateMax} characters.`);
  return value;
}

function readExpiration(value: unknown): Date {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : new Date(Number.NaN);
  const minutes = (time.getTime() - Date.now()) / 60_000;
  if (Number.isNaN(minutes)) throw invalid('expirationDateTime', 'Send a time such as 2026-01-31T08:00:00Z.');
  if (minutes <= 0) throw invalid('expirationDateTime', 'Send a time that is not over.');
  if (minutes > subscriptionMinutesMax)
    throw invalid(
      'expirationDateTime',
      `Subscription expiration can only be ${subscriptionMinutesMax} minutes in the future; renew it before its end.`,
    );
  return time;
}

function textOf(sent: Readonly<Record<string, unknown>>, name: string): string {
  const value = sent[name];
  if (typeof value === 'string' && value !== '') return value;
  throw badRequest(`The property '${name}' is missing, or no text.`, `Send ${name}.`);
}

const invalid = (name: string, advice: string): ApiError =>
  new ApiError(400, 'InvalidRequest', `The value of '${name}' is invalid.`, {
    advice,
    details: [{ target: name, code: 'InvalidValue', message: advice }],
  });
