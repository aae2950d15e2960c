import actions from './actions.json';
import activities from './activities.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import effect from './effect.json';
import frame from './frame.json';
import groups from './groups.json';
import overview from './overview.json';
import parts from './parts.json';
import properties from './properties.json';
import settings from './settings.json';
import users from './users.json';

export const texts = {
  actions,
  activities,
  audit,
  catalogue,
  effect,
  frame,
  groups,
  overview,
  parts,
  properties,
  settings,
  users,
};
