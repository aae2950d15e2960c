import { hash } from 'node:crypto';

/** A page of sign-in: HTML without any script, and the headers it goes with. */
export type Page = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

export type PageParts = {
  readonly title: string;
  /** HTML; whatever comes from outside went through `escape`. */
  readonly body: string;
  /** Origins, beside our own, that forms of the page may lead to in the end. */
  readonly leadsTo?: readonly string[];
};

// Colors of our own where those of the system are too faint: its highlight on a dark page is hardly seen.
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --accent: #0f5ea8; --on-accent: #fff; --line: #6b6b6b; --problem: #c50f1f; }
@media (prefers-color-scheme: dark) { :root { --accent: #82bdf5; --on-accent: #0b1a2a; --line: #9a9a9a; --problem: #ff99a4; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
a { color: var(--accent); }
ol { padding-left: 1.5rem; }
li + li { margin-top: .75rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; margin-top: .25rem; border: 1px solid var(--line); border-radius: 4px; }
button { font: inherit; margin: 1.5rem .5rem 0 0; padding: .5rem 1.5rem; cursor: pointer; border: 1px solid var(--line); border-radius: 4px; background: none; color: inherit; }
button:first-of-type { font-weight: 600; border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.problem { border-left: 4px solid var(--problem); padding: .25rem 0 .25rem .75rem; }
.hint { margin: .25rem 0 0; font-size: .875rem; }
code { display: block; max-width: 20ch; margin: .5rem 0; font-size: 1.125rem; overflow-wrap: anywhere; }
`;

/** No script at all, one style sheet known by its hash, and no frame around it. */
const policyOf = (leadsTo: readonly string[]): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
    // Browsers follow it through redirects: the page after the password leads back to the application.
    `form-action ${["'self'", ...leadsTo].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export function renderPage({ title, body, leadsTo = [] }: PageParts): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Allot</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(leadsTo),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  };
}

/** Text as HTML, also inside of quotes. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What is wrong with what was sent, read out by screen readers. */
export const problemText = (problem: string | undefined): string =>
  problem === undefined ? '' : `<p class="problem" role="alert">${escape(problem)}</p>`;

export type FieldParts = {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: string;
  readonly numeric?: boolean;
  readonly focus?: boolean;
};

export function field({
  name,
  label,
  type = 'text',
  autocomplete,
  value = '',
  hint,
  numeric,
  focus,
}: FieldParts): string {
  const described = hint === undefined ? '' : ` aria-describedby="${name}-hint"`;
  const more = `${numeric ? ' inputmode="numeric"' : ''}${focus ? ' autofocus' : ''}`;
  const input =
    `<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escape(value)}" ` +
    `autocapitalize="none" spellcheck="false" required${described}${more}>`;
  const below = hint === undefined ? '' : `\n<p class="hint" id="${name}-hint">${escape(hint)}</p>`;
  return `<label for="${name}">${escape(label)}</label>\n${input}${below}`;
}
