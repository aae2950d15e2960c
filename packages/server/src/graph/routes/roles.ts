import { many, one, type Route } from '../../http/index.ts';
import { readRoles, writeRoles } from '../permissions.ts';
import {
  getRoleAssignment,
  getRoleAssignments,
  getRoleDefinition,
  getRoleDefinitions,
  postRoleAssignment,
  removeRoleAssignment,
} from '../role-management.ts';
import { changed, row } from './row.ts';

const definitions = '/roleManagement/directory/roleDefinitions';
const assignments = '/roleManagement/directory/roleAssignments';

/** What people may do. */
export const roleRoutes: readonly Route[] = [
  row('GET', definitions, readRoles, getRoleDefinitions, {
    operation: 'listRoleDefinitions',
    summary: 'Roles that people may have',
    answers: { 200: many('unifiedRoleDefinition') },
    differs: 'The roles that matter for licenses, with the ids of Entra; there are no roles of your own.',
  }),
  row('GET', `${definitions}/:id`, readRoles, getRoleDefinition, {
    operation: 'getRoleDefinition',
    summary: 'One role',
    answers: { 200: one('unifiedRoleDefinition') },
  }),
  row('GET', assignments, readRoles, getRoleAssignments, {
    operation: 'listRoleAssignments',
    summary: 'Who has which role, and where',
    query: ['$filter'],
    answers: { 200: many('unifiedRoleAssignment') },
    differs: 'Filtered by principalId and roleDefinitionId only. The scope is the directory or one group.',
  }),
  row('POST', assignments, writeRoles, postRoleAssignment, {
    operation: 'createRoleAssignment',
    summary: 'Give somebody a role, everywhere or for one group',
    body: 'unifiedRoleAssignmentToCreate',
    answers: { 201: one('unifiedRoleAssignment') },
  }),
  row('GET', `${assignments}/:id`, readRoles, getRoleAssignment, {
    operation: 'getRoleAssignment',
    summary: 'One assignment of a role',
    answers: { 200: one('unifiedRoleAssignment') },
  }),
  row('DELETE', `${assignments}/:id`, writeRoles, removeRoleAssignment, {
    operation: 'deleteRoleAssignment',
    summary: 'Take a role from somebody',
    ...changed,
  }),
];
