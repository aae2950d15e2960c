export { graphDocuments } from './documents.ts';
export { graphRoutes } from './routes.ts';
