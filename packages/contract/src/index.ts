export * from './errors.ts';
export * from './client.ts';
export * from './catalogue-change.ts';
export * from './license-fix.ts';
export * from './own-api.ts';
export * from './person-sign-in.ts';
export * from './rule-preview.ts';
export * from './resources/index.ts';
