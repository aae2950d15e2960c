import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryText } from './summary-text.ts';

const tenant = { id: '48a80680-9f1b-4a5d-8d3a-3a1c4f0c2c5e', displayName: 'Contoso' };
const place = { allot: 'npm run allot --', baseUrl: 'http://127.0.0.1:4000', terminalColumns: undefined };

test('the summary says who is licensed, what is short, what failed, and where to look', () => {
  const summary = {
    tenant,
    users: 1000,
    licensesGranted: 3210,
    products: [
      {
        skuId: 'e3',
        skuPartNumber: 'ENTERPRISEPACK',
        displayName: 'Office 365 E3',
        status: 'Enabled',
        usable: 800,
        consumed: 800,
        free: 0,
        waiting: 35,
      },
    ],
    errors: [
      { error: 'CountViolation', count: 35, groups: 2 },
      { error: 'DependencyViolation', count: 1200, groups: 1 },
    ],
    usersInError: 0,
    groupsInError: 0,
    pending: 0,
  };
  assert.equal(
    summaryText(summary, place),
    `Contoso  (tenant ${tenant.id})
1,000 users, 3,210 licenses granted; everything is settled

PRODUCT        SKU             TOTAL  CONSUMED  FREE  WAITING
Office 365 E3  ENTERPRISEPACK    800       800     0       35

Errors, by cause:
     35  CountViolation in 2 groups: no seat is free
  1,200  DependencyViolation in 1 group: a service plan needs another one

Where to look:
  http://127.0.0.1:4000/v1.0              Microsoft Graph
  http://127.0.0.1:4000/allot/v1          our own API
  npm run allot -- errors                 what keeps users from their licenses, and why
  npm run allot -- waiting                who waits for a seat, in which order
  npm run allot -- group list --licensed  the groups that give licenses
  npm run allot -- user explain USER      why a user has a product, or does not
  npm run allot -- --help                 everything else
`,
  );
});

const nobodyInError = { usersInError: 0, groupsInError: 0 };

test('an empty tenant has a summary too', () => {
  const text = summaryText(
    { tenant, users: 0, licensesGranted: 0, products: [], errors: [], ...nobodyInError, pending: 4 },
    place,
  );
  assert.match(text, /0 users, 0 licenses granted; 4 changes are being processed/);
  assert.match(text, /No products yet/);
  assert.match(text, /Errors: none\./);
  assert.doesNotMatch(text, /-- waiting/);
});

test('the summary names the products that do not work because their subscriptions ended, and whom that hits', () => {
  const product = { skuId: 'x', usable: 0, free: -1200, consumed: 1200, waiting: 0 };
  const products = [
    { ...product, displayName: 'Office 365 E3', skuPartNumber: 'ENTERPRISEPACK', status: 'Suspended' },
    { ...product, displayName: 'Visio', skuPartNumber: 'VISIOCLIENT', status: 'Suspended', consumed: 0 },
    { ...product, displayName: 'Office 365 E1', skuPartNumber: 'STANDARDPACK', status: 'Enabled' },
  ];
  const text = summaryText(
    { tenant, users: 1, licensesGranted: 2400, products, errors: [], ...nobodyInError, pending: 0 },
    place,
  );
  assert.match(
    text,
    /\n\nSubscriptions to renew:\n {2}Office 365 E3 \(ENTERPRISEPACK\): is suspended. Licenses assigned: 1,200.\n\nErrors: none/,
  );
});
