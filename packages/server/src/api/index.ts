export { apiDocuments } from './documents.ts';
export { apiRoutes } from './routes.ts';
export { acceptUploads } from './upload.ts';
