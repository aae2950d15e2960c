export { createApp, type CreateAppOptions } from './create-app.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { Query } from './query.ts';
export { type PublicDocument, registerDocuments } from './register-documents.ts';
export { registerRoutes, type RegisterRoutesOptions } from './register-routes.ts';
export {
  type AnswerShape,
  many,
  noContent,
  nothing,
  ok,
  one,
  plainText,
  type Route,
  type RouteAnswer,
  type RouteDescription,
  type RouteRequest,
} from './route.ts';
