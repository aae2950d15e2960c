import { readFileSync } from 'node:fs';
import { Command, Help } from 'commander';
import type { Option } from 'commander';
import { accountCommands } from './commands/account.ts';
import { applicationCommands } from './commands/application.ts';
import { auditCommands } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { errorsCommand } from './commands/errors.ts';
import { groupCommands } from './commands/group.ts';
import { importCommands } from './commands/import.ts';
import { migrateCommand } from './commands/migrate.ts';
import { processingCommand } from './commands/processing.ts';
import { productCommands } from './commands/product.ts';
import { reportCommands } from './commands/report.ts';
import { roleCommands } from './commands/role.ts';
import { serveCommand } from './commands/serve.ts';
import { signInCommands } from './commands/sign-in.ts';
import { summaryCommand } from './commands/summary.ts';
import { tenantCommands } from './commands/tenant.ts';
import { userCommands } from './commands/user.ts';
import { waitingCommand } from './commands/waiting.ts';
import { workerCommand } from './commands/worker.ts';
import { terminalColumns } from './io.ts';
import type { Io } from './io.ts';
import { commonHeading } from './leaf-command.ts';

/** The whole command line; nothing is done before it is parsed. */
export function createProgram(io: Io): Command {
  const program = new Command('allot')
    .description('Group-based licensing that an organization runs itself.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHelpWidth: () => terminalColumns(io.out) ?? helpWidth,
      getErrHelpWidth: () => terminalColumns(io.err) ?? helpWidth,
    })
    .configureHelp({ groupItems: commonLast })
    .showHelpAfterError('(--help shows how it is called)')
    .addHelpText('after', programHelp);

  summaryCommand(program, io);
  productCommands(program, io);
  userCommands(program, io);
  groupCommands(program, io);
  errorsCommand(program, io);
  waitingCommand(program, io);
  processingCommand(program, io);
  auditCommands(program, io);
  checkCommand(program, io);
  reportCommands(program, io);
  importCommands(program, io);
  signInCommands(program, io);
  accountCommands(program, io);
  roleCommands(program, io);
  applicationCommands(program, io);
  serveCommand(program, io);
  workerCommand(program, io);
  migrateCommand(program, io);
  tenantCommands(program, io);
  return program;
}

/** Where nobody looks through a window of some width. */
const helpWidth = 100;

/** A command's own options stand before those that most commands have. */
function commonLast<Item extends Command | Option>(
  unsorted: Item[],
  visible: Item[],
  headingOf: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Help().groupItems(unsorted, visible, headingOf);
  const common = groups.get(commonHeading);
  if (common === undefined) return groups;
  groups.delete(commonHeading);
  return groups.set(commonHeading, common);
}

const programHelp = `
Names
  Users are named by user principal name or id; groups and products by name or id; products also by SKU.
  People are named by sign-in name or id, roles and applications by name or id; service plans by name or id. Upper and lower case do not matter.

Output
  Tables are for people: they fit the terminal, and their columns may change. --json and --csv are for scripts.
  In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front; --json has it as it is.

Connection
  ALLOT_CREDENTIALS  file that says who asks; default credentials.json in the data folder (ALLOT_DATA, or ./data).
                     Where there is none it is whoever has signed in with allot login.
  ALLOT_BASE_URL     where the server is; default what the credentials say

Exit codes
  0  done
  1  refused by the server, or failed; for allot check: differences were found
  2  the command line cannot be understood; for allot check: it could not run
  3  the server cannot be reached, or does not believe who asks

Examples:
  allot summary
  allot user explain adele@contoso.com
  allot group assign 'Sales Europe' --add ENTERPRISEPACK --disable YAMMER_ENTERPRISE --wait
  allot report assignments --csv > assignments.csv
  allot group assign --help`;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const manifest: unknown = JSON.parse(text);
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof found === 'string' ? found : 'unknown';
}
