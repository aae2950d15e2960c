import actions from './actions.json';
import assign from './assign.json';
import fixes from './fixes.json';
import frame from './frame.json';
import group from './group.json';
import groups from './groups.json';
import members from './members.json';
import overview from './overview.json';
import parts from './parts.json';
import products from './products.json';
import rule from './rule.json';
import user from './user.json';
import users from './users.json';

export const texts = {
  actions,
  assign,
  fixes,
  frame,
  group,
  groups,
  members,
  overview,
  parts,
  products,
  rule,
  user,
  users,
};
