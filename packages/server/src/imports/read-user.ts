import { countryCode } from './country-code.ts';
import type { ImportedUser } from './imported-user.ts';
import type { ImportProblem } from './import-problem.ts';
import { quoted, tooLong } from './import-problem.ts';
import { primaryAddress, readProxyAddresses } from './proxy-addresses.ts';
import type { Row } from './split-rows.ts';
import { textCharsMax } from './user-columns.ts';
import type { TextProperty, UserColumns, UserProperty } from './user-columns.ts';
import { userPrincipalNameProblem } from './user-principal-name.ts';

/** The user of one row, or everything that is wrong with the row. */
export function readUser(row: Row, columns: UserColumns): ImportedUser | ImportProblem[] {
  const cells = new UserCells(row, columns);
  const userPrincipalName = readName(cells);
  const displayName = cells.text('displayName');
  if (displayName === null) cells.fault('displayName', 'is empty: every user needs a display name');
  const addresses = readAddresses(cells);
  refuseDeleted(cells);
  const user: ImportedUser = {
    userPrincipalName,
    displayName: displayName ?? '',
    mailNickname: cells.text('mailNickname') ?? userPrincipalName.slice(0, Math.max(0, userPrincipalName.indexOf('@'))),
    accountEnabled: readEnabled(cells),
    userType: readUserType(cells, userPrincipalName),
    id: readId(cells),
    createdDateTime: readTime(cells.first('createdDateTime')),
    ...addresses,
    otherMails: cells.list('otherMails', textCharsMax.mail),
    usageLocation: readUsageLocation(cells),
    givenName: cells.text('givenName'),
    surname: cells.text('surname'),
    jobTitle: cells.text('jobTitle'),
    department: cells.text('department'),
    companyName: cells.text('companyName'),
    employeeId: cells.text('employeeId'),
    employeeType: cells.text('employeeType'),
    officeLocation: cells.text('officeLocation'),
    businessPhones: cells.list('businessPhones', textCharsMax.mobilePhone),
    mobilePhone: cells.text('mobilePhone'),
    faxNumber: cells.text('faxNumber'),
    streetAddress: cells.text('streetAddress'),
    city: cells.text('city'),
    state: cells.text('state'),
    postalCode: cells.text('postalCode'),
    country: cells.text('country'),
    preferredLanguage: cells.text('preferredLanguage'),
    onPremisesDistinguishedName: cells.text('onPremisesDistinguishedName'),
    onPremisesSecurityIdentifier: cells.text('onPremisesSecurityIdentifier'),
    onPremisesSyncEnabled: readFlag(cells, 'onPremisesSyncEnabled'),
    sipProxyAddress: cells.text('sipProxyAddress'),
    employeeHireDate: readHireDate(cells),
    extensionAttributes: extensionAttributes.map((property) => cells.bounded(property, extensionAttributeCharsMax)),
  };
  return cells.problems.length > 0 ? cells.problems : user;
}

const extensionAttributes = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}` as const);
/** Graph's limit. */
const extensionAttributeCharsMax = 1_024;

/** The cells of a row by property, trimmed, and the problems found in them. */
class UserCells {
  readonly problems: ImportProblem[] = [];
  readonly #row: Row;
  readonly #columns: UserColumns;

  constructor(row: Row, columns: UserColumns) {
    this.#row = row;
    this.#columns = columns;
  }

  fault(property: UserProperty, problem: string): void {
    const column = this.#columns.get(property)?.[0]?.name ?? property;
    this.problems.push({ line: this.#row.line, column, problem });
  }

  all(property: UserProperty): readonly string[] {
    const columns = this.#columns.get(property);
    if (columns === undefined) return none;
    return columns.map(({ index }) => (this.#row.cells[index] ?? '').trim()).filter((cell) => cell !== '');
  }

  first(property: UserProperty): string | null {
    const column = this.#columns.get(property)?.[0];
    return (column === undefined ? '' : (this.#row.cells[column.index] ?? '').trim()) || null;
  }

  bounded(property: UserProperty, charsMax: number): string | null {
    const value = this.first(property);
    if (value !== null && value.length > charsMax) this.fault(property, tooLong(value, charsMax));
    return value;
  }

  text(property: TextProperty): string | null {
    return this.bounded(property, textCharsMax[property]);
  }

  list(property: UserProperty, charsMax: number): readonly string[] {
    const cells = this.all(property);
    if (cells.length === 0) return none;
    const values = cells
      .flatMap((cell) => cell.split(';'))
      .map((value) => value.trim())
      .filter((value) => value !== '');
    const long = values.find((value) => value.length > charsMax);
    if (long !== undefined) this.fault(property, tooLong(long, charsMax));
    if (values.length > valuesMax)
      this.fault(property, `has ${values.length} values and at most ${valuesMax} are allowed: remove some`);
    return values;
  }
}

const none: readonly string[] = [];

/** Graph's limit for otherMails; nobody has that many telephones. */
const valuesMax = 250;

function readName(cells: UserCells): string {
  const name = cells.first('userPrincipalName');
  const problem = name === null ? 'is empty: every user needs a user principal name' : userPrincipalNameProblem(name);
  if (problem !== null) cells.fault('userPrincipalName', problem);
  return name ?? '';
}

/** The address in the mail column belongs to the proxy addresses, and is the primary one unless they name another. */
function readAddresses(cells: UserCells): { mail: string | null; proxyAddresses: string[] } {
  const mail = cells.text('mail');
  const read = readProxyAddresses(cells.all('proxyAddresses').join(';'));
  if ('problem' in read) {
    cells.fault('proxyAddresses', read.problem);
    return { mail, proxyAddresses: [] };
  }
  const { addresses } = read;
  const primary = primaryAddress(addresses);
  if (mail === null) return { mail: primary, proxyAddresses: addresses };
  const known = addresses.findIndex((address) => address.toLowerCase() === `smtp:${mail.toLowerCase()}`);
  const others = addresses.filter((_, index) => index !== known);
  const own = `${primary === null || primary.toLowerCase() === mail.toLowerCase() ? 'SMTP' : 'smtp'}:${mail}`;
  const withMail = readProxyAddresses([own, ...others].join(';'));
  if ('problem' in withMail) cells.fault('mail', withMail.problem);
  return { mail, proxyAddresses: 'problem' in withMail ? [] : withMail.addresses };
}

function refuseDeleted(cells: UserCells): void {
  if (cells.first('softDeleted') === null) return;
  cells.fault('softDeleted', 'the user is deleted: export active users only, or remove the row');
}

function readEnabled(cells: UserCells): boolean {
  const blocked = readFlag(cells, 'blockCredential');
  const enabled = readFlag(cells, 'accountEnabled');
  return enabled ?? !(blocked ?? false);
}

function readFlag(
  cells: UserCells,
  property: 'blockCredential' | 'accountEnabled' | 'onPremisesSyncEnabled',
): boolean | null {
  const value = cells.first(property);
  if (value === null) return null;
  const flag = flags.get(value.toLowerCase());
  if (flag === undefined) cells.fault(property, `${quoted(value)} is neither True nor False: write one of them`);
  return flag ?? null;
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function readUserType(cells: UserCells, userPrincipalName: string): 'Member' | 'Guest' {
  const value = cells.first('userType')?.toLowerCase();
  if (value === undefined) return /#ext#@/i.test(userPrincipalName) ? 'Guest' : 'Member';
  if (value !== 'member' && value !== 'guest')
    cells.fault('userType', `${quoted(value)} is neither Member nor Guest: write one of them`);
  return value === 'guest' ? 'Guest' : 'Member';
}

function readId(cells: UserCells): string | null {
  const id = cells.first('id')?.toLowerCase() ?? null;
  if (id !== null && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    cells.fault('id', `${quoted(id)} is not a GUID: correct it, or empty the cell and the user gets a new one`);
  }
  return id;
}

/** Spreadsheets rewrite times in the style of their country; such a time says nothing for sure and is left out. */
function readTime(text: string | null): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,9})?Z?$/.exec(text ?? '');
  if (parts === null) return null;
  const time = new Date(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function readHireDate(cells: UserCells): string | null {
  const text = cells.first('employeeHireDate');
  if (text === null) return null;
  const time = readTime(text) ?? readTime(`${text} 00:00:00`);
  if (time === null)
    cells.fault('employeeHireDate', `${quoted(text)} is no date: write 2026-01-31 or 2026-01-31T08:00:00Z`);
  return time;
}

function readUsageLocation(cells: UserCells): string | null {
  const text = cells.first('usageLocation');
  if (text === null) return null;
  const code = countryCode(text);
  if (code === null)
    cells.fault(
      'usageLocation',
      `${quoted(text)} is not a country: write its two-letter code (CH) or its English name (Switzerland)`,
    );
  return code;
}
