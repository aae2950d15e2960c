import type { Pool } from '../server.ts';
import { tenantId } from '../tenant/groups.ts';

/** Groups that lists of groups are asked for, besides those of the tenant. */
const groupsPerUser = 1 / 50;

/** Every draw is a hash of the user's number: the same tenant at every run. A number from 0 up to `below`. */
const draw = (seed: number, below: number): string => `abs(mod(hashint8extended(u.user_no, ${seed}), ${below}))`;

/** The same, small numbers much more often than large ones: as departments are, one of which has a tenth of all people. */
const skewed = (seed: number, below: number): string => `floor(${below} * (${draw(seed, 10_000)} / 10000.0) ^ 3)::int`;

/** The value for this many in a hundred users; the others have none. */
const forPercent = (seed: number, percent: number, value: string): string =>
  `case when ${draw(seed, 100)} < ${percent} then ${value} end`;

/** The same for those who were created first: what came with a merger, or with synchronization, is not spread over all numbers. */
const forFirstPercent = (percent: number, value: string): string =>
  `case when u.user_no <= n.users * ${percent} / 100 then ${value} end`;

/** Column by column what users have, as in an organization whose directory is kept well. */
const columns: Readonly<Record<string, string>> = {
  display_name: `'Given' || ${skewed(11, 200)} || ' Surname' || ${skewed(12, 50_000)}`,
  given_name: forPercent(13, 97, `'Given' || ${skewed(11, 200)}`),
  surname: forPercent(13, 97, `'Surname' || ${skewed(12, 50_000)}`),
  job_title: forPercent(14, 90, `'Title ' || ${skewed(15, 300)}`),
  department: forPercent(16, 92, `'Department ' || ${skewed(17, 500)}`),
  company_name: `'Company ' || u.user_no * 20 / n.users`,
  office_location: forPercent(18, 80, `'Office ' || ${skewed(19, 900)}`),
  employee_id: forPercent(20, 95, `'E' || lpad(u.user_no::text, 8, '0')`),
  employee_type: forPercent(
    21,
    60,
    `(array['Employee', 'Employee', 'Employee', 'Contractor', 'Intern'])[1 + ${draw(22, 5)}]`,
  ),
  employee_hire_date: forPercent(23, 80, `timestamptz '2000-01-01' + ${draw(24, 9_000)} * interval '1 day'`),
  city: forPercent(25, 85, `'City ' || ${skewed(26, 200)}`),
  state: forPercent(25, 85, `'State ' || ${skewed(26, 200)} % 50`),
  country: forPercent(25, 85, `'Country ' || ${skewed(26, 200)} % 40`),
  street_address: forPercent(28, 30, `${draw(29, 300)} || ' Street ' || ${draw(30, 2_000)}`),
  postal_code: forPercent(28, 30, `lpad((${draw(31, 20_000)})::text, 5, '0')`),
  preferred_language: forPercent(32, 20, `(array['en-US', 'de-CH', 'fr-FR', 'it-IT', 'es-ES'])[1 + ${draw(33, 5)}]`),
  mobile_phone: forPercent(34, 40, `'+1 555 ' || u.user_no`),
  fax_number: `case when u.user_no % 1000 = 0 then '+1 556 ' || u.user_no end`,
  business_phones: `coalesce(${forPercent(35, 50, `array['+1 557 ' || u.user_no]`)}, '{}')`,
  other_mails: `coalesce(${forPercent(36, 8, `array['home' || u.user_no || '@mail.example']`)}, '{}')`,
  proxy_addresses: `array['SMTP:user' || u.user_no || '@bench.example', 'smtp:u' || u.user_no || '@old.example']`,
  account_enabled: `${draw(37, 100)} >= 2`,
  user_type: `case when ${draw(38, 100)} < 6 then 'Guest' else 'Member' end`,
  on_premises_sync_enabled: forFirstPercent(60, 'true'),
  on_premises_security_identifier: forFirstPercent(60, `'S-1-5-21-1004336348-1177238915-682003330-' || u.user_no`),
  extension_attributes: `array[${forPercent(39, 30, `'Cost center ' || ${skewed(40, 1_000)}`)},
    ${forPercent(41, 2, `'Badge ' || u.user_no`)}] || array_fill(null::text, array[13])`,
};

/** Gives all users of the tenant values for what can be filtered, and makes groups with all kinds of attributes. */
export async function fillAttributes(pool: Pool, users: number): Promise<void> {
  const assignments = Object.entries(columns).map(([column, value]) => `${column} = ${value}`);
  await pool.query(
    `update allot.directory_user u set ${assignments.join(',\n')}
     from (select $2::bigint as users) as n where u.tenant_id = $1`,
    [tenantId, users],
  );
  await pool.query(
    `insert into allot.user_address (tenant_id, address, user_no)
     select $1, regexp_replace(lower(a.address), '^smtp:', ''), u.user_no
     from allot.directory_user u, unnest(u.proxy_addresses) as a (address)
     where u.tenant_id = $1`,
    [tenantId],
  );
  await pool.query(
    `insert into allot.directory_group (tenant_id, id, created_at, display_name, description, mail, mail_enabled, mail_nickname,
                                        security_enabled, group_types, visibility, unique_name)
     select $1, md5('list ' || n)::uuid, timestamptz '2020-01-01' + n * interval '1 hour', 'List ' || n, 'Description of ' || n % 500,
            case when n % 3 = 0 then 'list' || n || '@bench.example' end, n % 3 = 0, 'list' || n, n % 3 <> 0,
            case when n % 3 = 0 then array['Unified'] else '{}' end, (array['Private', 'Public', null])[1 + n % 3],
            case when n % 10 = 0 then 'list-' || n end
     from generate_series(1, $2::int) as n`,
    [tenantId, Math.ceil(users * groupsPerUser)],
  );
}
