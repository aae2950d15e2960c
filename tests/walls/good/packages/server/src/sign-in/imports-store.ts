export * from '@allot/store';
export * from 'jose';
