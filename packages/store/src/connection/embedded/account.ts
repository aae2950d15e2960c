import { readFile, stat } from 'node:fs/promises';

/** Who PostgreSQL runs as, where it cannot run as we do. */
export type Account = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root. So where we are root it runs as whoever owns its directory already, and the first
 * time as `nobody`. Where we are an ordinary user it runs as we do, which is `undefined`.
 *
 * @param postgresDirectory may not exist yet
 */
export async function postgresAccount(postgresDirectory: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(postgresDirectory).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = await ordinaryAccounts();
  return accounts.get('nobody') ?? [...accounts.values()][0] ?? { uid: 65_534, gid: 65_534 };
}

/** The accounts that PostgreSQL accepts. It must be a listed one: initdb looks up its name. */
async function ordinaryAccounts(): Promise<ReadonlyMap<string, Account>> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  return new Map(
    lines
      .map(([name, , uid, gid]) => [name ?? '', { uid: Number(uid), gid: Number(gid) }] as const)
      // On macOS nobody is -2, which is written there as a number that no call takes.
      .filter(([, { uid, gid }]) => Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 && gid >= 0),
  );
}
