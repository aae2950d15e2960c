import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noAttributes, plainUser } from './samples/plain-user.ts';
import { inWords } from './samples/in-words.ts';
import { collect, csv, inChunks, sample } from './samples/sample-streams.ts';
import { readUsers } from './users-file.ts';

const read = async (rows: readonly (readonly string[])[], mapping?: Record<string, string>) =>
  (await collect(readUsers(inChunks(csv(rows), 1_000), mapping === undefined ? {} : { mapping }))).map((item) =>
    'problem' in item ? inWords(item) : item,
  );

test("the admin center's export of active users is read as it is", async () => {
  const items = await collect(readUsers(sample('active-users.csv')));
  assert.deepEqual(
    items.map(({ line }) => line),
    [2, 4, 5, 6],
  );
  assert.deepEqual(items[0], {
    line: 2,
    user: {
      ...plainUser('juerg.mueller@contoso.example', 'Müller, Jürg'),
      id: '3f2b7c1e-90ab-4d53-8a76-1c02d7e4f901',
      createdDateTime: '2019-03-04T09:15:27.000Z',
      mail: 'juerg.mueller@contoso.example',
      proxyAddresses: [
        'SMTP:juerg.mueller@contoso.example',
        'smtp:jm@contoso.example',
        'smtp:juerg+news@contoso.example',
        'X500:/o=Contoso/ou=Exchange Administrative Group/cn=Recipients/cn=jm',
      ],
      usageLocation: 'CH',
      givenName: 'Jürg',
      surname: 'Müller',
      jobTitle: 'Architect',
      department: 'Research, Development',
      officeLocation: '3.14 "Säntis"',
      businessPhones: ['+41 44 555 01 01'],
      mobilePhone: '+41 44 555 01 02',
      streetAddress: 'Bahnhofstrasse 1\n3. Stock',
      city: 'Zürich',
      state: 'ZH',
      postalCode: '8001',
      country: 'Switzerland',
      preferredLanguage: 'de-CH',
      onPremisesSyncEnabled: true,
    },
  });
  const [, ann, scanner, guest] = items.map((item) => ('user' in item ? item.user : null));
  assert.deepEqual(
    [ann?.userPrincipalName, ann?.mailNickname, ann?.accountEnabled],
    ['Ann.Lee@contoso.example', 'Ann.Lee', false],
  );
  assert.deepEqual([scanner?.usageLocation, scanner?.mail, scanner?.proxyAddresses], [null, null, []]);
  assert.deepEqual([guest?.userType, guest?.mail], ['Guest', 'pat@fabrikam.example']);
});

test("the admin center's bulk template is read as it is", async () => {
  assert.deepEqual(await collect(readUsers(sample('bulk-template.csv'))), [
    {
      line: 2,
      user: {
        ...plainUser('chris.green@contoso.example', 'Chris Green'),
        otherMails: ['chris@fabrikam.example'],
        givenName: 'Chris',
        surname: 'Green',
        jobTitle: 'IT Manager',
        department: 'Information Technology',
        officeLocation: '123451',
        businessPhones: ['123-555-1211'],
        mobilePhone: '123-555-6641',
        faxNumber: '123-555-6700',
        streetAddress: '1 Microsoft way',
        city: 'Redmond',
        state: 'Wa',
        postalCode: '98052',
        country: 'United States',
      },
    },
    {
      line: 3,
      user: { ...plainUser('ben.andrews@contoso.example', 'Ben Andrews'), givenName: 'Ben', surname: 'Andrews' },
    },
  ]);
});

test("Entra's bulk template, with its version line and bracketed names, is read as it is", async () => {
  const items = await read([
    ['version:v1.0', '', '', ''],
    [
      'Name [displayName] Required',
      'User name [userPrincipalName] Required',
      'Block sign in (Yes/No) [accountEnabled] Required',
      'Usage location [usageLocation]',
    ],
    ['Ann', 'ann@contoso.example', 'No', 'Germany'],
  ]);
  assert.deepEqual(items, [{ line: 3, user: { ...plainUser('ann@contoso.example', 'Ann'), usageLocation: 'DE' } }]);
});

test('columns come in any order and case, unknown ones are ignored, extension attributes are found by name', async () => {
  const items = await read([
    ['usage LOCATION', 'Favorite color', 'USERNAME', 'extensionAttribute15', 'Extension attribute 1', 'display name'],
    ['Switzerland', 'blue', 'ann@contoso.example', 'last', 'first', 'Ann'],
  ]);
  const extensionAttributes = ['first', ...noAttributes.slice(2), 'last'];
  assert.deepEqual(items, [
    { line: 2, user: { ...plainUser('ann@contoso.example', 'Ann'), usageLocation: 'CH', extensionAttributes } },
  ]);
});

test('a mapping gives other columns to properties and wins over their names', async () => {
  const rows = [
    ['UPN', 'Display name', 'Cost center', 'Title'],
    ['ann@contoso.example', 'Ann', '4711', 'Dr.'],
  ];
  assert.deepEqual(await read(rows, { 'cost CENTER': 'extensionAttribute3', Title: 'extensionAttribute4' }), [
    {
      line: 2,
      user: {
        ...plainUser('ann@contoso.example', 'Ann'),
        extensionAttributes: [null, null, '4711', 'Dr.', ...noAttributes.slice(4)],
      },
    },
  ]);
  assert.deepEqual(await read(rows, { 'Cost center': 'extensionAttribute16', Payroll: 'employeeId' }), [
    {
      line: 1,
      column: 'Cost center',
      problem:
        'the mapping gives it to "extensionAttribute16", which is not a property of a user: name one, for example extensionAttribute1',
    },
    {
      line: 1,
      column: 'Payroll',
      problem: 'the mapping names this column and the file does not have it: correct the mapping',
    },
  ]);
});

test('every bad cell is reported by line and column, and the good rows are read', async () => {
  const rows = [
    [
      'User principal name',
      'Display name',
      'Usage location',
      'First name',
      'Block credential',
      'Proxy addresses',
      'Object Id',
      'Soft deletion time stamp',
    ],
    ['', 'Nobody', '', '', '', '', '', ''],
    [
      'ann@contoso.example',
      '',
      'Switzerlnd',
      'x'.repeat(65),
      'perhaps',
      'SMTP:a@b.example+SMTP:c@d.example',
      'x',
      '2026-01-01 00:00:00Z',
    ],
    ['ann at contoso', 'Ann', '', '', '', '', '', ''],
    ['ann@contoso.example', 'Ann', '', '', 'no', '', '', ''],
    ['ANN@contoso.example', 'Another Ann', '', '', '', '', '', ''],
    [`${'x'.repeat(65)}@contoso.example`, 'Long', '', '', '', 'smtp:no address', '', ''],
  ];
  assert.deepEqual(await read(rows), [
    { line: 2, column: 'User principal name', problem: 'is empty: every user needs a user principal name' },
    { line: 3, column: 'Display name', problem: 'is empty: every user needs a display name' },
    {
      line: 3,
      column: 'Proxy addresses',
      problem:
        'has two primary addresses, "SMTP:a@b.example" and "SMTP:c@d.example": write "smtp:" in small letters for all but one',
    },
    {
      line: 3,
      column: 'Soft deletion time stamp',
      problem: 'the user is deleted: export active users only, or remove the row',
    },
    { line: 3, column: 'Block credential', problem: '"perhaps" is neither True nor False: write one of them' },
    {
      line: 3,
      column: 'Object Id',
      problem: '"x" is not a GUID: correct it, or empty the cell and the user gets a new one',
    },
    {
      line: 3,
      column: 'Usage location',
      problem: '"Switzerlnd" is not a country: write its two-letter code (CH) or its English name (Switzerland)',
    },
    { line: 3, column: 'First name', problem: 'has 65 characters and at most 64 are allowed: shorten it' },
    {
      line: 4,
      column: 'User principal name',
      problem:
        '"ann at contoso" is not a user principal name: write it like ann@contoso.com, in letters, digits and \'.-_!#^~+& before the @',
    },
    { line: 5, user: plainUser('ann@contoso.example', 'Ann') },
    {
      line: 6,
      column: 'User principal name',
      problem: 'ANN@contoso.example is also the user of line 5: remove one of the two rows',
    },
    {
      line: 7,
      column: 'User principal name',
      problem: 'has 65 characters before the @ and at most 64 are allowed: shorten it',
    },
    {
      line: 7,
      column: 'Proxy addresses',
      problem: '"smtp:no address" is not a mail address: write it like smtp:ann@contoso.com',
    },
  ]);
});

test('a file without the columns every user needs is refused by its first line', async () => {
  assert.deepEqual(
    await read([
      ['Name', 'Mail'],
      ['Ann', 'ann@contoso.example'],
    ]),
    [
      {
        line: 1,
        column: 'User principal name',
        problem: 'this column is missing: the first line must name it ("User principal name" or "Username")',
      },
      { line: 1, column: 'Display name', problem: 'this column is missing: the first line must name it' },
    ],
  );
  assert.deepEqual(await read([['Username', 'UPN', 'Display name']]), [
    {
      line: 1,
      column: 'UPN',
      problem: 'gives userPrincipalName, as the column "Username" does: remove or rename one of them',
    },
  ]);
  assert.equal((await collect(readUsers(inChunks('', 1)))).length, 1);
});

test('the mail column belongs to the proxy addresses', async () => {
  const items = await read([
    ['Username', 'Display name', 'Mail', 'Proxy addresses'],
    ['a@contoso.example', 'A', 'a@contoso.example', ''],
    ['b@contoso.example', 'B', 'B@contoso.example', 'smtp:b@contoso.example;smtp:bee@contoso.example'],
    ['c@contoso.example', 'C', 'old@contoso.example', 'SMTP:c@contoso.example'],
    ['d@contoso.example', 'D', '', 'd@contoso.example; e@contoso.example'],
  ]);
  const addresses = items.map((item) => ('user' in item ? [item.user.mail, ...item.user.proxyAddresses] : item));
  assert.deepEqual(addresses, [
    ['a@contoso.example', 'SMTP:a@contoso.example'],
    ['B@contoso.example', 'SMTP:B@contoso.example', 'smtp:bee@contoso.example'],
    ['old@contoso.example', 'smtp:old@contoso.example', 'SMTP:c@contoso.example'],
    [null, 'smtp:d@contoso.example', 'smtp:e@contoso.example'],
  ]);
});

test('UTF-16 with a byte-order mark is read; Latin-1, UTF-16 without one and NUL say what to do', async () => {
  const text = 'Username;Display name\nann@contoso.example;Zoë\n';
  const zoe = [{ line: 2, user: plainUser('ann@contoso.example', 'Zoë') }];
  const readBytes = async (content: Buffer) =>
    (await collect(readUsers(inChunks(content, 7)))).map((item) => ('problem' in item ? inWords(item) : item));
  assert.deepEqual(await readBytes(Buffer.from(`\ufeff${text}`, 'utf16le')), zoe);
  assert.deepEqual(await readBytes(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()), zoe);
  assert.deepEqual(await readBytes(Buffer.from(text, 'latin1')), [
    {
      line: 2,
      column: 'Display name',
      problem: 'has characters that are not UTF-8: save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again',
    },
  ]);
  const nul =
    'has a NUL character: if the file is UTF-16, save it as UTF-8 (in Excel: "CSV UTF-8"), otherwise remove the character';
  assert.deepEqual(
    (await readBytes(Buffer.from(text, 'utf16le'))).map((item) => 'problem' in item && item.problem),
    [nul],
  );
  assert.deepEqual(await readBytes(Buffer.from(text.replace('Zoë', 'Z\0'))), [
    { line: 2, column: 'Display name', problem: nul },
  ]);
});

test('more cells than columns is a problem, fewer are not', async () => {
  assert.deepEqual(
    await read([
      ['Username', 'Display name', 'City'],
      ['a@contoso.example', 'A'],
      ['b@contoso.example', 'B', 'Bern', '', 'CH'],
    ]),
    [
      { line: 2, user: plainUser('a@contoso.example', 'A') },
      {
        line: 3,
        column: '(column 5)',
        problem:
          'the row has 5 cells and the first line names 3 columns: put a cell that contains the delimiter in quotes',
      },
    ],
  );
});

test('users written in the format of the export are read back as they were', async () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'Z', '9', '"', ',', ';', '+', '\n', 'é', '日'),
    minLength: 1,
    maxLength: 12,
  });
  const user = fc.record({
    displayName: word,
    department: fc.option(word),
    aliases: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 4 }),
    usageLocation: fc.option(fc.constantFrom('CH', 'DE', 'US', 'CN')),
    cost: fc.option(word),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(user, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (users, size) => {
      const expected = users.map((any, index) => ({
        line: 0,
        user: {
          ...plainUser(`user${index}@contoso.example`, any.displayName.trim() || '-'),
          department: any.department?.trim() || null,
          mail: `user${index}@contoso.example`,
          proxyAddresses: [
            `SMTP:user${index}@contoso.example`,
            ...any.aliases.map((alias) => `smtp:a${alias}+x@contoso.example`),
          ],
          usageLocation: any.usageLocation,
          extensionAttributes: [any.cost?.trim() || null, ...noAttributes.slice(1)],
        },
      }));
      const rows = expected.map(
        ({
          user: { displayName, department, proxyAddresses, userPrincipalName, usageLocation, extensionAttributes },
        }) => [
          displayName,
          department ?? '',
          proxyAddresses.join('+'),
          userPrincipalName,
          usageLocation ?? '',
          extensionAttributes[0] ?? '',
        ],
      );
      const text = csv([
        [
          'Display name',
          'Department',
          'Proxy addresses',
          'User principal name',
          'Usage location',
          'extensionAttribute1',
        ],
        ...rows,
      ]);
      const found = await collect(readUsers(inChunks(text, size)));
      assert.deepEqual(
        found.map((item) => ({ ...item, line: 0 })),
        expected,
      );
    }),
  );
});

test('reading can stop early without leaving the file open', async () => {
  let closed = false;
  async function* file() {
    try {
      for (let n = 0; ; n += 1) yield n === 0 ? 'Username,Display name\n' : `u${n}@contoso.example,U\n`;
    } finally {
      closed = true;
    }
  }
  for await (const item of readUsers(file())) if (item.line > 3) break;
  assert.equal(closed, true);
});
