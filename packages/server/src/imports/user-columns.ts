import { columnKey } from './column-key.ts';
import type { ImportProblem } from './import-problem.ts';
import { quoted } from './import-problem.ts';

/** Properties of a user that are one text, with the most characters that Graph allows for them. */
export const textCharsMax = {
  userPrincipalName: 113,
  displayName: 256,
  mailNickname: 64,
  givenName: 64,
  surname: 64,
  jobTitle: 128,
  department: 64,
  companyName: 64,
  employeeId: 64,
  employeeType: 128,
  officeLocation: 128,
  mobilePhone: 64,
  faxNumber: 64,
  streetAddress: 1_024,
  city: 128,
  state: 128,
  postalCode: 40,
  country: 128,
  preferredLanguage: 64,
  mail: 320,
  onPremisesDistinguishedName: 1_024,
  onPremisesSecurityIdentifier: 256,
  sipProxyAddress: 320,
} as const;

export type TextProperty = keyof typeof textCharsMax;

/** What a column can give: a text of Graph's name, or something that is read in its own way. */
export type UserProperty =
  | TextProperty
  | 'id'
  | 'createdDateTime'
  | 'usageLocation'
  | 'proxyAddresses'
  | 'otherMails'
  | 'businessPhones'
  | 'accountEnabled'
  | 'blockCredential'
  | 'softDeleted'
  | 'userType'
  | 'onPremisesSyncEnabled'
  | 'employeeHireDate'
  | `extensionAttribute${number}`;

/** Which cells give which property; only lists take several. */
export type UserColumns = ReadonlyMap<UserProperty, readonly { readonly index: number; readonly name: string }[]>;

/**
 * Finds out what the columns of a users file mean: those of the admin center's export of active users, of its bulk
 * template, of Entra's templates, and Graph's own names, in any order and case. `mapping` says it for other columns
 * (column name to property, for example "Cost center" to "extensionAttribute1") and wins. Columns nobody knows are
 * ignored.
 */
export function findUserColumns(
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
): UserColumns | { problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const fault = (column: string, problem: string) => problems.push({ line: 1, column, problem });
  const mapped = readMapping(header, mapping, fault);
  const found = new Map<UserProperty, { index: number; name: string }[]>();
  for (const [index, name] of header.entries()) {
    const property = mapped.get(columnKey(name)) ?? propertyOf(isBlock(name) ? 'blockcredential' : columnKey(name));
    if (property === undefined) continue;
    const earlier = found.get(property) ?? [];
    if (earlier[0] !== undefined && !listProperties.has(property)) {
      fault(name, `gives ${property}, as the column ${quoted(earlier[0].name)} does: remove or rename one of them`);
    }
    found.set(property, [...earlier, { index, name }]);
  }
  if (!found.has('userPrincipalName'))
    fault(
      'User principal name',
      'this column is missing: the first line must name it ("User principal name" or "Username")',
    );
  if (!found.has('displayName')) fault('Display name', 'this column is missing: the first line must name it');
  return problems.length > 0 ? { problems } : found;
}

/** Entra's template says "Block sign in (Yes/No) [accountEnabled]", and Yes means blocked all the same. */
function isBlock(name: string): boolean {
  return /^block (?:sign|credential)/i.test(name);
}

function readMapping(
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
  fault: (column: string, problem: string) => void,
): Map<string, UserProperty> {
  const mapped = new Map<string, UserProperty>();
  const keys = new Set(header.map(columnKey));
  for (const [column, target] of Object.entries(mapping)) {
    const property = propertyOf(columnKey(target));
    if (!keys.has(columnKey(column)))
      fault(column, 'the mapping names this column and the file does not have it: correct the mapping');
    if (property === undefined)
      fault(
        column,
        `the mapping gives it to ${quoted(target)}, which is not a property of a user: name one, for example extensionAttribute1`,
      );
    else mapped.set(columnKey(column), property);
  }
  return mapped;
}

const listProperties: ReadonlySet<UserProperty> = new Set(['proxyAddresses', 'otherMails', 'businessPhones']);

function propertyOf(key: string): UserProperty | undefined {
  const attribute = /^(?:extension|custom)attribute([1-9]|1[0-5])$/.exec(key)?.[1];
  if (attribute !== undefined) return `extensionAttribute${Number(attribute)}`;
  return propertyOfKey.get(key);
}

/** By what the column is called, without blanks, case and punctuation. */
const propertyOfKey: ReadonlyMap<string, UserProperty> = new Map<string, UserProperty>([
  ['userprincipalname', 'userPrincipalName'],
  ['username', 'userPrincipalName'],
  ['upn', 'userPrincipalName'],
  ['displayname', 'displayName'],
  ['mailnickname', 'mailNickname'],
  ['alias', 'mailNickname'],
  ['firstname', 'givenName'],
  ['givenname', 'givenName'],
  ['lastname', 'surname'],
  ['surname', 'surname'],
  ['title', 'jobTitle'],
  ['jobtitle', 'jobTitle'],
  ['department', 'department'],
  ['company', 'companyName'],
  ['companyname', 'companyName'],
  ['employeeid', 'employeeId'],
  ['employeetype', 'employeeType'],
  ['office', 'officeLocation'],
  ['officenumber', 'officeLocation'],
  ['officename', 'officeLocation'],
  ['officelocation', 'officeLocation'],
  ['physicaldeliveryofficename', 'officeLocation'],
  ['phonenumber', 'businessPhones'],
  ['officephone', 'businessPhones'],
  ['businessphones', 'businessPhones'],
  ['telephonenumber', 'businessPhones'],
  ['mobilephone', 'mobilePhone'],
  ['mobile', 'mobilePhone'],
  ['fax', 'faxNumber'],
  ['faxnumber', 'faxNumber'],
  ['streetaddress', 'streetAddress'],
  ['address', 'streetAddress'],
  ['city', 'city'],
  ['state', 'state'],
  ['stateorprovince', 'state'],
  ['postalcode', 'postalCode'],
  ['ziporpostalcode', 'postalCode'],
  ['country', 'country'],
  ['countryregion', 'country'],
  ['countryorregion', 'country'],
  ['usagelocation', 'usageLocation'],
  ['preferredlanguage', 'preferredLanguage'],
  ['alternateemailaddress', 'otherMails'],
  ['othermails', 'otherMails'],
  ['proxyaddresses', 'proxyAddresses'],
  ['mail', 'mail'],
  ['email', 'mail'],
  ['emailaddress', 'mail'],
  ['objectid', 'id'],
  ['id', 'id'],
  ['whencreated', 'createdDateTime'],
  ['createddatetime', 'createdDateTime'],
  ['softdeletiontimestamp', 'softDeleted'],
  ['blockcredential', 'blockCredential'],
  ['blocksignin', 'blockCredential'],
  ['accountenabled', 'accountEnabled'],
  ['usertype', 'userType'],
  ['employeehiredate', 'employeeHireDate'],
  ['hiredate', 'employeeHireDate'],
  ['onpremisessyncenabled', 'onPremisesSyncEnabled'],
  ['dirsyncenabled', 'onPremisesSyncEnabled'],
  ['directorysynced', 'onPremisesSyncEnabled'],
  ['onpremisesdistinguishedname', 'onPremisesDistinguishedName'],
  ['onpremisessecurityidentifier', 'onPremisesSecurityIdentifier'],
  ['sipproxyaddress', 'sipProxyAddress'],
]);
