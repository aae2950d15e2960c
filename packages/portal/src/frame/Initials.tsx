import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  initials: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '28px',
    height: '28px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
});

/** How the button of one's account looks, with and without its menu. */
export const accountButton = { appearance: 'subtle', shape: 'circular' } as const;

/** The first letters of a person's first and last names; of one written without blanks, its first. */
export function Initials({ name }: { readonly name: string }) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  );
  return (
    <span className={useStyles().initials} aria-hidden>
      {letters.join('').toLocaleUpperCase()}
    </span>
  );
}
