export { apiRoutes } from './routes.ts';
export { acceptUploads } from './upload.ts';
