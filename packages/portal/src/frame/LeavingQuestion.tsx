import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { answerLeaving, isUnsaved, useIsUnsaved, useWaitingToLeave } from '../parts/form/use-unsaved.ts';
import { useLoaded } from './use-loaded.ts';

const loadQuestion = async () => (await import('../parts/form/DiscardQuestion.tsx')).DiscardQuestion;

/** Filters and panels are in the address, too; forms stay while those change. */
const isElsewhere: ShouldBlockFn = ({ current, next }) =>
  isUnsaved() && (current.pathname !== next.pathname || tabOf(current.search) !== tabOf(next.search));

const tabOf = (search: object): unknown => ('tab' in search ? search.tab : undefined);

/** Whoever leaves a page on which something is not saved is asked first; by the browser itself, where the whole portal is left. */
export function LeavingQuestion() {
  const hasUnsaved = useIsUnsaved();
  const waiting = useWaitingToLeave();
  const blocker = useBlocker({
    shouldBlockFn: isElsewhere,
    enableBeforeUnload: isUnsaved,
    disabled: !hasUnsaved,
    withResolver: true,
  });
  const [Question, load] = useLoaded(loadQuestion);
  const isAsked = waiting !== undefined || blocker.status === 'blocked';
  useEffect(() => {
    // Before it is needed: by then the server may be gone.
    if (hasUnsaved || isAsked) load();
  }, [hasUnsaved, isAsked]);
  if (Question === undefined) return null;
  if (blocker.status === 'blocked') return <Question keep={blocker.reset} discard={blocker.proceed} />;
  if (waiting) return <Question keep={() => answerLeaving(false)} discard={() => answerLeaving(true)} />;
  return null;
}
