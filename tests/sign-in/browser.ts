/** A page as a browser without scripts has it. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  /** Where the browser is now; of an address of another site where it was sent. */
  readonly url: string;
  readonly html: string;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Keeps cookies, follows redirects on the server's own address, and sends forms with what is hidden in them. */
export class Browser {
  readonly #base: string;
  readonly #cookies = new Map<string, Cookie>();

  constructor(base: string) {
    this.#base = base;
  }

  open(url: string): Promise<Page> {
    return this.#visit(new URL(url, this.#base).href, undefined, {});
  }

  /** Sends the form of a page: what is hidden in it, and `fields`. */
  submit(page: Page, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    const [, action = page.url] = /<form[^>]* action="([^"]*)"/.exec(page.html) ?? [];
    const form = new URLSearchParams();
    for (const [, name = '', value = ''] of page.html.matchAll(
      /<input type="hidden" name="(\w+)"[^>]* value="([^"]*)"/g,
    ))
      form.set(name, value);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.#visit(new URL(action, page.url).href, form, { origin: this.#base, ...headers });
  }

  async #visit(
    url: string,
    form: URLSearchParams | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Page> {
    if (!url.startsWith(this.#base)) return { status: 0, headers: new Headers(), url, html: '' };
    const answer = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { accept: 'text/html', cookie: this.#cookiesFor(new URL(url).pathname), ...headers },
      ...(form === undefined ? {} : { body: form }),
      redirect: 'manual',
    });
    for (const text of answer.headers.getSetCookie()) this.#keep(text, new URL(url).pathname);
    const location = answer.headers.get('location');
    if (location !== null) {
      await answer.body?.cancel();
      return this.#visit(new URL(location, url).href, undefined, {});
    }
    return { status: answer.status, headers: answer.headers, url, html: await answer.text() };
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(([key, { value }]) => `${key.split(' ')[0] ?? ''}=${value}`)
      .join('; ');
  }

  #keep(text: string, at: string): void {
    const [pair = '', ...attributes] = text.split(/;\s*/);
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const path = attributes.find((one) => /^path=/i.test(one))?.slice('path='.length) ?? at;
    const expires = attributes.find((one) => /^expires=/i.test(one))?.slice('expires='.length);
    const key = `${name} ${path}`;
    if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())) this.#cookies.delete(key);
    else this.#cookies.set(key, { value, path });
  }
}

/** What a page says is wrong, as text. */
export const problemOf = ({ html }: Page): string =>
  (/role="alert">([^<]*)</.exec(html)?.[1] ?? '').replaceAll(/&#(\d+);/g, (_sign, code) =>
    String.fromCharCode(Number(code)),
  );
