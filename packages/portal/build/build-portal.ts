/**
 * Builds the portal's pages into packages/portal/dist, if what they are made of has changed since the last time.
 *
 * Each file also lies there compressed, so that the server has nothing to compress.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stamp = join(dist, '.built-of');
/** A smaller file is not worth a second one. */
const compressedBytesMin = 1024;

/** @returns whether there was something to build */
export async function buildPortal(): Promise<boolean> {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  // Vite takes a third of a second to load; most starts need not wait for it.
  const [{ build }, { viteConfig }] = await Promise.all([import('vite'), import('./vite-config.ts')]);
  await build(viteConfig({ root, dist }));
  for (const file of globSync('**/*.{js,css,html,svg,json}', { cwd: dist })) compress(join(dist, file));
  writeFileSync(stamp, wanted);
  return true;
}

/** Of every source, and of the packages that are built in. */
function fingerprint(): string {
  const sources = globSync(['index.html', 'package.json', 'build/**/*', 'public/**/*', 'src/**/*'], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...sources, join(root, '../../package-lock.json')]) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function compress(file: string): void {
  const content = readFileSync(file);
  // The server writes its own path into the first page, so that one is sent as it is.
  if (content.length < compressedBytesMin || file.endsWith('.html')) return;
  const size = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: size }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
