export * from './advance-subscriptions.ts';
export * from './company-subscriptions.ts';
export * from './hold-plans-off.ts';
export * from './replace-rules.ts';
export * from './product-standing.ts';
export * from './subscription.ts';
export * from './upsert-plans.ts';
export * from './upsert-products.ts';
