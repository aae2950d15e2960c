export * from './change-notifications.ts';
export * from './change-subscriptions.ts';
