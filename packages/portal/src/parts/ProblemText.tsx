import { Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { useProblemWords } from '../text/use-problem-words.ts';

const useStyles = makeStyles({
  detail: { display: 'block', color: tokens.colorNeutralForeground3, marginTop: tokens.spacingVerticalXS },
});

/** What went wrong and what to do, in the person's language; below it what the server says, where that is another one. */
export function ProblemText({ error }: { readonly error: Error }) {
  const styles = useStyles();
  const { text, detail } = useProblemWords()(error);
  return (
    <>
      {text}
      {detail !== undefined && (
        <Caption1 className={styles.detail} lang="en">
          {detail}
        </Caption1>
      )}
    </>
  );
}
