import { many, one, type Route } from '../../http/index.ts';
import { postBatch } from '../batch/post-batch.ts';
import { getGroupsDelta, getUsersDelta } from '../delta.ts';
import { anything, readGroups, readUsers } from '../permissions.ts';
import {
  getSubscription,
  getSubscriptions,
  patchSubscription,
  postSubscription,
  removeSubscription,
} from '../subscriptions.ts';
import { changed, row } from './row.ts';

const ofDelta = ['$select', '$filter', '$deltatoken', '$skiptoken'] as const;

function delta(
  path: string,
  permissions: Route['permissions'],
  handle: Route['handle'],
  describe: Pick<Route['describe'], 'operation' | 'summary' | 'answers'>,
): readonly Route[] {
  const described = {
    ...describe,
    function: 'delta',
    query: ofDelta,
    differs: 'Prefer: return=minimal is not offered. Tokens are good for seven days.',
  };
  return [
    row('GET', `${path}/delta`, permissions, handle, described),
    row('GET', `${path}/microsoft.graph.delta`, permissions, handle, { ...described, isAlias: true }),
  ];
}

const { cost: _, ...batchRow } = row('POST', '/$batch', anything, postBatch, {
  operation: 'batch',
  summary: 'Up to twenty requests, changes in their order, dependencies first',
  body: 'batch',
  answers: { 200: one('batchResponses') },
  differs: 'Each request needs its own permission. Changes need no body.',
});
/** It costs nothing itself: each part has its own cost. */
const batch: Route = { ...batchRow, hasParts: true };

/** Several requests at once, and what changed: asked for, or told. */
export const changeRoutes: readonly Route[] = [
  batch,
  ...delta('/users', readUsers, getUsersDelta, {
    operation: 'deltaOfUsers',
    summary:
      'Users who were created, changed, deleted or restored since the last time; with licenses and managers if selected',
    answers: { 200: one('usersDelta') },
  }),
  ...delta('/groups', readGroups, getGroupsDelta, {
    operation: 'deltaOfGroups',
    summary:
      'Groups that were created, changed, deleted or restored since the last time, and whose members came and went',
    answers: { 200: one('groupsDelta') },
  }),
  row('GET', '/subscriptions', anything, getSubscriptions, {
    operation: 'listSubscriptions',
    summary: 'Subscriptions to changes of the calling application',
    query: ['$top'],
    answers: { 200: many('subscription') },
  }),
  row('POST', '/subscriptions', anything, postSubscription, {
    operation: 'createSubscription',
    summary: 'Be told of changes of users, groups or members',
    body: 'subscriptionToCreate',
    answers: { 201: one('subscription') },
    differs: 'Needs a permission to read what is subscribed to. No resource data is sent along.',
  }),
  row('GET', '/subscriptions/:id', anything, getSubscription, {
    operation: 'getSubscription',
    summary: 'One subscription of the calling application',
    answers: { 200: one('subscription') },
  }),
  row('PATCH', '/subscriptions/:id', anything, patchSubscription, {
    operation: 'renewSubscription',
    summary: 'Give a subscription more time',
    body: 'subscriptionToRenew',
    answers: { 200: one('subscription') },
  }),
  row('DELETE', '/subscriptions/:id', anything, removeSubscription, {
    operation: 'deleteSubscription',
    summary: 'Be told no more',
    ...changed,
  }),
];
