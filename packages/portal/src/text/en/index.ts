import assign from './assign.json';
import frame from './frame.json';
import groups from './groups.json';
import overview from './overview.json';
import parts from './parts.json';
import products from './products.json';
import users from './users.json';

export const texts = { assign, frame, groups, overview, parts, products, users };
