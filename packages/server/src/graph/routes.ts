import { one, type Route } from '../http/index.ts';
import { meRoutes } from './me.ts';
import { evaluateRules } from './permissions.ts';
import { changeRoutes } from './routes/changes.ts';
import { directoryRoutes } from './routes/directory.ts';
import { groupRoutes } from './routes/groups.ts';
import { roleRoutes } from './routes/roles.ts';
import { action } from './routes/row.ts';
import { userRoutes } from './routes/users.ts';
import { postEvaluateMembership } from './rules.ts';

const ownRoutes: readonly Route[] = [...changeRoutes, ...directoryRoutes, ...userRoutes, ...groupRoutes, ...roleRoutes];

const v1Routes: readonly Route[] = [...ownRoutes, ...meRoutes(ownRoutes)];

/** What Graph has in beta only. */
const betaOnlyRoutes: readonly Route[] = [
  ...action('/groups/evaluateDynamicMembership', evaluateRules, postEvaluateMembership, {
    operation: 'evaluateRule',
    summary: 'Whether a rule names a user, with the outcome of every part',
    body: 'evaluateDynamicMembership',
    answers: { 200: one('evaluateDynamicMembershipResult') },
    differs: 'Applications may ask, too.',
  }),
  ...action('/groups/:id/evaluateDynamicMembership', evaluateRules, postEvaluateMembership, {
    operation: 'evaluateRuleOfGroup',
    summary: 'Whether the rule of a group names a user, with the outcome of every part',
    body: 'evaluateDynamicMembership',
    answers: { 200: one('evaluateDynamicMembershipResult') },
    differs: 'Applications may ask, too.',
  }),
];

const inBeta = (route: Route): Route => ({ ...route, path: route.path.replace(/^\/v1\.0/, '/beta') });

/** Everything that can be asked of Graph, in both versions. */
export const graphRoutes: readonly Route[] = [...v1Routes, ...[...v1Routes, ...betaOnlyRoutes].map(inBeta)];
