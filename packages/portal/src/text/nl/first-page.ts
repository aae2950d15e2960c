import activities from './activities.json';
import firstSteps from './first-steps.json';
import frame from './frame.json';
import overview from './overview.json';
import parts from './parts.json';
import problems from './problems.json';
import roles from './roles.json';

/** What the frame, the first page and every error say: it is there before anything is drawn. */
export const texts = {
  activities,
  'first-steps': firstSteps,
  frame,
  overview,
  parts,
  problems,
  roles,
};
