import actions from './actions.json';
import assign from './assign.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import catalogueEditing from './catalogue-editing.json';
import deleted from './deleted.json';
import effect from './effect.json';
import fixes from './fixes.json';
import form from './form.json';
import group from './group.json';
import groupProperties from './group-properties.json';
import groups from './groups.json';
import members from './members.json';
import products from './products.json';
import profile from './profile.json';
import properties from './properties.json';
import reasons from './reasons.json';
import rule from './rule.json';
import settings from './settings.json';
import user from './user.json';
import users from './users.json';

/** What every page but the first says; it comes with whichever of them is opened. */
export const texts = {
  actions,
  assign,
  audit,
  catalogue,
  'catalogue-editing': catalogueEditing,
  deleted,
  effect,
  fixes,
  form,
  group,
  'group-properties': groupProperties,
  groups,
  members,
  products,
  profile,
  properties,
  reasons,
  rule,
  settings,
  user,
  users,
};
