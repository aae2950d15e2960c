export * from './load-causes.ts';
export * from './load-changes.ts';
export * from './load-stays.ts';
export * from './load-versions.ts';
export * from './remember-products.ts';
export * from './seats-at.ts';
export * from './seat-series.ts';
