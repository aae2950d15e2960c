import actions from './actions.json';
import activities from './activities.json';
import assign from './assign.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import catalogueEditing from './catalogue-editing.json';
import deleted from './deleted.json';
import effect from './effect.json';
import firstSteps from './first-steps.json';
import fixes from './fixes.json';
import form from './form.json';
import frame from './frame.json';
import group from './group.json';
import groupProperties from './group-properties.json';
import groups from './groups.json';
import members from './members.json';
import overview from './overview.json';
import parts from './parts.json';
import problems from './problems.json';
import products from './products.json';
import profile from './profile.json';
import properties from './properties.json';
import reasons from './reasons.json';
import roles from './roles.json';
import rule from './rule.json';
import settings from './settings.json';
import user from './user.json';
import users from './users.json';

export const texts = {
  actions,
  activities,
  assign,
  audit,
  catalogue,
  'catalogue-editing': catalogueEditing,
  deleted,
  effect,
  'first-steps': firstSteps,
  fixes,
  form,
  frame,
  group,
  'group-properties': groupProperties,
  groups,
  members,
  overview,
  parts,
  problems,
  products,
  profile,
  properties,
  reasons,
  roles,
  rule,
  settings,
  user,
  users,
};
