import importSentences from './import-sentences.json';
import ruleProblems from './rule-problems.json';

/** What the server says by code, of one kind of thing each; loaded where it is shown. */
export const serverWords = {
  'import-sentences': importSentences,
  'rule-problems': ruleProblems,
};
