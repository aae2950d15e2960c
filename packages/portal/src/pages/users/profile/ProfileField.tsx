import { type ComponentProps, memo } from 'react';
import { TextField } from '../../../parts/form/TextField.tsx';

/** One text of the profile. There are dozens: each is drawn again when it changes itself, not with every key in another. */
export const ProfileField = memo(Drawn);

function Drawn({
  name,
  change,
  ...field
}: Omit<ComponentProps<typeof TextField>, 'onChange'> & {
  readonly name: string;
  /** The same function as long as the form is there. */
  readonly change: (name: string, value: string) => void;
}) {
  return <TextField {...field} onChange={(value) => change(name, value)} />;
}
