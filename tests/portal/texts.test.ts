import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

const source = join(import.meta.dirname, '../../packages/portal/src');
const here = join(source, 'text');
const languages = ['en', 'fr', 'nl', 'zh-hant'] as const;
type Texts = Readonly<Record<string, string>>;

const textsOf = (language: string): Readonly<Record<string, Texts>> =>
  Object.fromEntries(
    globSync('*.json', { cwd: join(here, language) })
      .sort()
      .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(here, language, file), 'utf8'))]),
  );

/** What the text says once, whatever the number: languages have different plurals. */
const meanings = (texts: Texts): string[] =>
  [...new Set(Object.keys(texts).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '_n')))].sort();

const placesOf = (text: string): string[] => [...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();

const english = textsOf('en');

for (const language of languages.filter((one) => one !== 'en')) {
  const texts = textsOf(language);
  test(`${language} says everything that English says, with the same places for what is filled in`, () => {
    assert.deepEqual(Object.keys(texts), Object.keys(english));
    for (const [page, words] of Object.entries(english)) {
      assert.deepEqual(meanings(texts[page] ?? {}), meanings(words), page);
      for (const [key, text] of Object.entries(texts[page] ?? {})) {
        const same = words[key] ?? words[key.replace(/_\w+$/, '_other')] ?? '';
        assert.deepEqual(placesOf(text), placesOf(same), `${page}.${key}`);
      }
    }
  });

  test(`${language} has the plural forms that its rules ask for`, () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many');
    for (const [page, words] of Object.entries(texts)) {
      for (const key of Object.keys(words).filter((one) => one.endsWith('_other'))) {
        const has = forms.map((form) => key.replace(/_other$/, `_${form}`)).filter((one) => one in words);
        assert.equal(has.length, forms.length, `${page}.${key}`);
      }
    }
  });
}

test('no page has words of its own: all are in text/', () => {
  const found = globSync('**/*.tsx', { cwd: source }).flatMap((file) => {
    const code = readFileSync(join(source, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    const between = code.matchAll(/(?<![=-])>\s*([A-Z][^<>{}();=]*?)\s*</g);
    const named = code.matchAll(/\b(?:aria-label|title|label|placeholder|alt|content)="([^"]*[A-Za-z]{2}[^"]*)"/g);
    return [...between, ...named].map(([, words]) => `${file}: ${words}`);
  });
  assert.deepEqual(found, []);
});

test('what the first page says comes with it: no file of it needs a text that comes later', () => {
  const said = readFileSync(join(here, 'en/first-page.ts'), 'utf8');
  const first = new Set([...said.matchAll(/from '\.\/([\w-]+)\.json'/g)].map(([, name]) => name));
  const seen = new Set<string>();
  const late: string[] = [];
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    for (const [, names = ''] of code.matchAll(/useTranslation\(\[?([^\])]*)/g)) {
      for (const [, name = ''] of names.matchAll(/'([\w-]+)'/g)) if (!first.has(name)) late.push(`${file}: ${name}`);
    }
    // Pages are imported when somebody goes there, and so are not followed; the menu of the account is, since no page waits for it.
    for (const [, path = ''] of code.matchAll(/(?:^import (?!type).*?|^} )from '(\.{1,2}\/[^']+\.tsx?)'/gm))
      visit(join(file, '..', path));
  };
  for (const file of ['main.tsx', 'pages/overview/Overview.tsx', 'frame/AccountMenu.tsx']) visit(join(source, file));
  assert.ok(seen.size > 40, `${seen.size} files`);
  assert.deepEqual(late, []);
});
