import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestScope } from './database.ts';

const run = promisify(execFile);

/** A certificate that nobody has signed, for 127.0.0.1 and localhost: to serve with, or for an application to sign with. */
export async function makeCertificate(scope: TestScope, ...more: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'allot-certificate-'));
  scope.after(() => rm(folder, { recursive: true }));
  const [certFile, keyFile, bothFile] = ['certificate.pem', 'key.pem', 'both.pem'].map((name) => join(folder, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', keyFile ?? '', '-out', certFile ?? ''];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files, ...more];
  await run('openssl', args);
  const [cert, key] = await Promise.all([readFile(certFile ?? '', 'utf8'), readFile(keyFile ?? '', 'utf8')]);
  return { certFile: certFile ?? '', keyFile: keyFile ?? '', bothFile: bothFile ?? '', cert, key };
}
