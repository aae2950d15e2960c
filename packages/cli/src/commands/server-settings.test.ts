import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Command } from 'commander';
import { memoryIo } from '../testing/memory-io.ts';
import { readSettings, settingOptions } from './server-settings.ts';

function settingsOf(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = settingOptions(new Command()).parse([...args], { from: 'user' });
  return readSettings(command.opts(), memoryIo({ env, folder: '/somewhere' }));
}

test('every setting of the server is a flag', () => {
  const paths = '--data d --tls-cert /c.pem --tls-key /k.pem';
  const addresses = '--port 8080 --host 0.0.0.0 --database-url postgres://db --base-url https://l.example';
  const limits = '--notify-private on --throttle-units 7 --throttle-writes 0';
  const issuer =
    '--oidc-issuer https://i.example --oidc-audience a --oidc-role-claim groups --oidc-roles x=y --oidc-tenant t --oidc-portal-client-id p';
  const args =
    `${paths} ${addresses} --demo off --admin-client-secret s ${limits} ${issuer} --oidc-portal-scope s`.split(' ');
  assert.deepEqual(settingsOf(args), {
    ALLOT_PORT: '8080',
    ALLOT_HOST: '0.0.0.0',
    ALLOT_DATA: resolve('/somewhere', 'd'),
    DATABASE_URL: 'postgres://db',
    ALLOT_BASE_URL: 'https://l.example',
    ALLOT_DEMO: 'off',
    ALLOT_ADMIN_CLIENT_SECRET: 's',
    ALLOT_TLS_CERT: resolve('/c.pem'),
    ALLOT_TLS_KEY: resolve('/k.pem'),
    ALLOT_NOTIFY_PRIVATE: 'on',
    ALLOT_THROTTLE_UNITS: '7',
    ALLOT_THROTTLE_WRITES: '0',
    ALLOT_OIDC_ISSUER: 'https://i.example',
    ALLOT_OIDC_AUDIENCE: 'a',
    ALLOT_OIDC_ROLE_CLAIM: 'groups',
    ALLOT_OIDC_ROLES: 'x=y',
    ALLOT_OIDC_TENANT: 't',
    ALLOT_OIDC_PORTAL_CLIENT_ID: 'p',
    ALLOT_OIDC_PORTAL_SCOPE: 's',
  });
});

test('a flag goes before the environment, and nothing else of the environment is handed on', () => {
  const env = { ALLOT_PORT: '1', ALLOT_LOG_LEVEL: 'info', DATABASE_URL: 'postgres://db', PATH: '/bin' };
  assert.deepEqual(settingsOf(['--port', '2'], env), {
    ALLOT_PORT: '2',
    ALLOT_LOG_LEVEL: 'info',
    DATABASE_URL: 'postgres://db',
  });
});
