// fires eslint(no-restricted-imports): Settings are handed down, never imported; only their types may be named here.
export * from '../settings/settings.ts';
