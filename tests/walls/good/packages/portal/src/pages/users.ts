export * from '@allot/contract';
export * from 'react';
