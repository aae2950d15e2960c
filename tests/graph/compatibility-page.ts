import type { Route } from '../../packages/server/src/http/index.ts';
import { documentedPath } from '../../packages/server/src/http/documented-path.ts';

/** `docs/graph-compatibility.md`: every route of Graph that is answered, by whom it may be asked, what it takes and what is different. */
export function compatibilityPage(routes: readonly Route[]): string {
  const shown = routes.filter(({ describe }) => describe.isAlias !== true);
  const v1 = shown.filter(({ path }) => path.startsWith('/v1.0/'));
  const both = new Set(v1.map(({ describe }) => describe.operation));
  const betaOnly = shown.filter(({ path, describe }) => path.startsWith('/beta/') && !both.has(describe.operation));
  const sections = Map.groupBy(v1, ({ path }) => path.split('/')[2] ?? '');
  return [
    head(v1.length),
    ...[...sections].map(([root, rows]) => section(`/${root}`, rows)),
    section('Beta only', betaOnly),
  ].join('\n');
}

const head = (count: number): string => `# What of Microsoft Graph is answered

Written by \`node tools/write-graph-compatibility.ts\` from the table of routes; a test compares both, and asks each route for each
query option.

${count} routes of \`/v1.0\`, which \`/beta\` answers as well. The same table makes \`/v1.0/$metadata\` (OData's metadata) and
\`/v1.0/openapi.json\` (OpenAPI 3.1), which are read without a token.

What holds everywhere:

- Any one of the permissions is enough; the least privileged comes first. None implies another.
- Path segments, names of properties and query options compare without case; query options may lack their \`$\`. Keys may stand in
  parentheses (\`/users('…')\`), types may be qualified by \`microsoft.graph.\` or \`graph.\`, and so may actions. A user is found by id or user principal name.
- A query option of OData that a \`GET\` does not take is refused with 400 (\`Request_UnsupportedQuery\`; \`$skip\` with \`Request_BadRequest\`)
  instead of being ignored. Other methods do not look at options that are not in their row, nor does any at names without \`$\` that OData does not know.
- References (\`@odata.id\`, \`@odata.bind\`) are read by their path; the host may be any.
- Errors have Graph's status, code and text. \`innerError.advice\`, which Graph does not have, says what to do.
- \`Prefer: allot.count=none\`, which Graph does not have, leaves \`@odata.count\` out of an advanced query, whose first page then waits for no count. With a number
  instead of \`none\`, counting may end when more are found; \`@allot.countMin\` then says how many there are at least.
- \`HEAD\` is answered wherever \`GET\` is. Another method than those of a path is 405 with \`Allow\`.
`;

const tableHead =
  '| route | what it does | permissions | query options | different from Graph |\n| --- | --- | --- | --- | --- |';

const section = (title: string, rows: readonly Route[]): string =>
  `## ${title}\n\n${tableHead}\n${rows.map(row).join('\n')}\n`;

function row({ method, path, permissions, describe }: Route): string {
  const cells = [
    `\`${method} ${documentedPath(path).replace(/^\/(?:v1\.0|beta)/, '')}\``,
    describe.summary,
    permissions.join(', '),
    (describe.query ?? []).map((option) => `\`${option}\``).join(' '),
    describe.differs ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
