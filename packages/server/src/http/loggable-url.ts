/** Options whose values say what was asked for; of all others the name is enough, since tokens, codes and hints stand there. */
const toldOptions: ReadonlySet<string> = new Set(
  'select filter search orderby top count skip skiptoken deltatoken expand format'.split(' '),
);

/** What comes after it in a path opens a sign-in, to whoever has it. */
const linkPath = /(\/sign-in\/link\/)[^/?#]+/i;

const secret = '[secret]';

/** An address as it may stand in a log: without what would let a reader of the log in. */
export function loggableUrl(url: string): string {
  const [path = '', ...query] = url.split('?');
  const shown = path.replace(linkPath, `$1${secret}`);
  if (query.length === 0) return shown;
  const options = query.join('?').split('&');
  return `${shown}?${options.map(toldOption).join('&')}`;
}

function toldOption(option: string): string {
  const [name = '', ...value] = option.split('=');
  if (value.length === 0) return option;
  return toldOptions.has(decoded(name).toLowerCase().replace(/^\$/, '')) ? option : `${name}=${secret}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return ''; // Not a name that anybody knows.
  }
}
