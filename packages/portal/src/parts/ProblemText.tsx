import { Caption1 } from '@fluentui/react-components';
import { useProblemWords } from '../text/use-problem-words.ts';

/** What went wrong and what to do, in the person's language; below it what the server says, where that is another one. */
export function ProblemText({ error }: { readonly error: Error }) {
  const { text, detail } = useProblemWords()(error);
  return (
    <>
      {text}
      {detail !== undefined && (
        <Caption1 block lang="en">
          {detail}
        </Caption1>
      )}
    </>
  );
}
