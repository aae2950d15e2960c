// fires eslint(no-restricted-imports): Decisions are asked for through an operation; only types of the engine may be named here.
export * from '@allot/engine';
