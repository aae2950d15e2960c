import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readProductList } from './product-list.ts';
import type { ProductList } from './product-list.ts';
import { inWords } from './samples/in-words.ts';
import { csv, inChunks, sample, wholeProductList } from './samples/sample-streams.ts';

const header = [
  'Product_Display_Name',
  'String_Id',
  'GUID',
  'Service_Plan_Name',
  'Service_Plan_Id',
  'Service_Plans_Included_Friendly_Names',
];
const guid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const read = (rows: readonly (readonly string[])[]) => readProductList(inChunks(csv(rows), 1_000));

/** What must come out of the excerpt in this folder, and of the whole list where that lies beside the checkout. */
const lists = {
  '2026-01': {
    excerpt: { rows: 24, products: 11, plans: 18, duplicates: 2 },
    whole: { rows: 5_457, products: 569, plans: 723, duplicates: 9 },
  },
  '2024-10': {
    excerpt: { rows: 8, products: 2, plans: 8, duplicates: 0 },
    whole: { rows: 3_276, products: 413, plans: 568, duplicates: 2 },
  },
};

async function readExcerptAndWhole(date: keyof typeof lists, excerpt: string) {
  const whole = wholeProductList(date);
  const found = [{ list: await readProductList(sample(excerpt)), expected: lists[date].excerpt }];
  if (whole !== null) found.push({ list: await readProductList(whole), expected: lists[date].whole });
  return found;
}

const counts = (list: ProductList) => ({
  rows: list.rows,
  products: list.products.length,
  plans: list.plans.length,
  duplicates: list.notes.filter(({ text }) => text.startsWith('says the same product and plan')).length,
});

test("Microsoft's list of 2026-01 is read as it is downloaded", async () => {
  for (const { list, expected } of await readExcerptAndWhole('2026-01', 'product-list.csv')) {
    assert.deepEqual(list.problems, []);
    assert.deepEqual(counts(list), expected);
    const shared = list.products.filter(({ skuPartNumber }) => skuPartNumber === 'MCOPSTN5');
    assert.deepEqual(
      shared.map(({ productId }) => productId),
      ['d43177b5-475b-4880-92d4-d54c27b5efbd', '54a152dc-90de-4996-93d2-bc47e670fc06'],
    );
    const plan = list.plans.find(({ planId }) => planId === 'bea4c11e-220a-4e6d-8eb8-8ea15d019f90');
    assert.equal(plan?.name, 'RMS_S_ENTERPRISE');
  }
});

test("Microsoft's list of 2024-10 is read although it is Windows-1252, not UTF-8", async () => {
  for (const { list, expected } of await readExcerptAndWhole('2024-10', 'product-list-windows-1252.csv')) {
    assert.deepEqual(list.problems, []);
    assert.deepEqual(counts(list), expected);
    const product = list.products.find(({ skuPartNumber }) => skuPartNumber === 'PRIVACY_MANAGEMENT_RISK');
    assert.equal(product?.displayName, 'Privacy Management – risk');
    const plan = list.plans.find(({ name }) => name === 'CDS_CUSTOMER_INSIGHTS_BASE');
    assert.equal(plan?.displayName, 'Dataverse for Customer Insights BASE');
  }
});

test('every peculiarity of the list is put right and noted by line', async () => {
  const list = await readProductList(sample('product-list.csv'));
  const about = (line: number) =>
    list.notes.filter((note) => note.line === line).map(({ column, text }) => `${column ?? 'row'}: ${text}`);
  assert.deepEqual(about(11), ['row: says the same product and plan as line 9: counted once']);
  assert.deepEqual(about(14), [
    'String_Id: MCOPSTN5 is also the part number of product d43177b5-475b-4880-92d4-d54c27b5efbd: these are two products, told apart by GUID',
  ]);
  assert.deepEqual(about(15), [
    'String_Id: stray blanks removed: "MCOCAP_FACULTY"',
    'GUID: stray blanks removed: "420c7602-7f70-4895-9394-d3d679ea36fb"',
  ]);
  assert.deepEqual(about(19), [
    'Service_Plan_Name: stray blanks removed: "Virtualization Rights for Windows 10 (E3/E5+VDA)"',
  ]);
  assert.ok(
    about(22).includes(
      'Service_Plan_Name: plan bea4c11e-220a-4e6d-8eb8-8ea15d019f90 is called "RMS_S_ENTERPRISE)" here and "RMS_S_ENTERPRISE" elsewhere: "RMS_S_ENTERPRISE" is used',
    ),
  );
  assert.deepEqual(
    list.products.find(({ productId }) => productId === '420c7602-7f70-4895-9394-d3d679ea36fb'),
    {
      productId: '420c7602-7f70-4895-9394-d3d679ea36fb',
      skuPartNumber: 'MCOCAP_FACULTY',
      displayName: 'Microsoft Teams Shared Devices for Faculty',
      servicePlans: [
        { planId: 'efb87545-963c-4e0d-99df-69c6916d9eb0' },
        { planId: '4828c8ec-dc2e-4779-b502-87ac9ce28ab7' },
      ],
    },
  );
});

test('columns are found in any order and case, and others are ignored', async () => {
  const rows = [
    [
      'guid',
      'STRING_ID',
      'Remarks',
      'service plan id',
      'product display name',
      'SERVICE_PLANS_INCLUDED_FRIENDLY_NAMES',
      'service_plan_name',
    ],
    [guid(1).toUpperCase(), 'PART', 'x', guid(2), 'A product', 'A plan', 'PLAN'],
  ];
  assert.deepEqual(await read(rows), {
    rows: 1,
    products: [
      { productId: guid(1), skuPartNumber: 'PART', displayName: 'A product', servicePlans: [{ planId: guid(2) }] },
    ],
    plans: [{ planId: guid(2), name: 'PLAN', displayName: 'A plan' }],
    notes: [],
    problems: [],
  });
});

test('a bad row is reported with line, column and what to do, and the others are read', async () => {
  const list = await read([
    header,
    ['A', 'PART', 'not-a-guid', 'PLAN', guid(2), 'Plan'],
    ['A', '', guid(1), 'PLAN', guid(2), 'Plan'],
    ['A', 'PART', guid(1), 'PLAN', guid(2), 'Plan'],
    ['A', 'PART', guid(1), 'PLAN', guid(3)],
    ['A', 'PART', guid(1), 'x'.repeat(513), guid(4), 'Plan'],
  ]);
  assert.equal(list.rows, 5);
  assert.equal(list.products.length, 1);
  assert.deepEqual(list.problems.map(inWords), [
    { line: 2, column: 'GUID', problem: '"not-a-guid" is not a GUID: take the row from Microsoft\'s list again' },
    { line: 3, column: 'String_Id', problem: 'is empty: fill it in or remove the row' },
    { line: 5, column: 'Service_Plans_Included_Friendly_Names', problem: 'is empty: fill it in or remove the row' },
    { line: 6, column: 'Service_Plan_Name', problem: 'has 513 characters and at most 512 are allowed: shorten it' },
  ]);
  assert.deepEqual(
    list.problems.map(({ sentence }) => sentence),
    [
      { code: 'notGuid', arguments: { value: 'not-a-guid' } },
      { code: 'cellEmpty', arguments: {} },
      { code: 'cellEmpty', arguments: {} },
      { code: 'cellTooLong', arguments: { length: 513, max: 512 } },
    ],
  );
});

test('a file that is something else is refused by its first line', async () => {
  const problem = "this column is missing: take the CSV file of Microsoft's product list as it is downloaded";
  assert.deepEqual(
    (await read([['GUID', 'String_Id', 'Service_Plan_Name', 'Service_Plan_Id']])).problems.map(inWords),
    [
      { line: 1, column: 'Product_Display_Name', problem },
      { line: 1, column: 'Service_Plans_Included_Friendly_Names', problem },
    ],
  );
  assert.deepEqual(
    (await readProductList(inChunks('', 1))).problems.map(({ line, column }) => ({ line, column })),
    [{ line: 1, column: '(column 1)' }],
  );
});

test('a list keeps every product and plan once, in whatever order and however often the rows come', async () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 11, max: 19 }));
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 40 }), async (pairs) => {
      const rows = pairs.map(([product, plan]) => [
        `Product ${product}`,
        `PART${product}`,
        guid(product),
        `PLAN${plan}`,
        guid(plan),
        `Plan ${plan}`,
      ]);
      const list = await read([header, ...rows]);
      const found = list.products.flatMap(({ productId, servicePlans }) =>
        servicePlans.map(({ planId }) => `${productId} ${planId}`),
      );
      assert.deepEqual(new Set(found), new Set(pairs.map(([product, plan]) => `${guid(product)} ${guid(plan)}`)));
      assert.equal(found.length, new Set(found).size);
      assert.equal(list.notes.length, pairs.length - found.length);
      assert.deepEqual(new Set(list.plans.map(({ planId }) => planId)), new Set(pairs.map(([, plan]) => guid(plan))));
    }),
  );
});
