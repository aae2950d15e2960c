export { describeSurface, openApiDocument, type QueryOption } from './document.ts';
export * from './json-schema.ts';
export { resourceSchemas, schemasOf } from './resource-schemas.ts';
