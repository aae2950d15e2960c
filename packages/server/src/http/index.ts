export { createApp, type CreateAppOptions } from './create-app.ts';
export { checkTexts } from './check-texts.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { Part, PartAnswer, Parts } from './part.ts';
export { Query } from './query.ts';
export { type PublicDocument, registerDocuments } from './register-documents.ts';
export { registerRoutes, type RegisterRoutesOptions } from './register-routes.ts';
export {
  type AnswerShape,
  type Cost,
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
export { createThrottle, type Throttle, type ThrottleLimits } from './throttle.ts';
