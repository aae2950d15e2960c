import { type ComponentType, useState } from 'react';

/**
 * A part that is loaded when somebody first asks for it. What stands in its place stays as it is meanwhile, with the keyboard in
 * it, so that nothing typed is lost; a part that cannot be loaded is asked for again the next time.
 * @returns the part once it is there, and what asks for it
 */
export function useLoaded<Props>(
  load: () => Promise<ComponentType<Props>>,
): readonly [part: ComponentType<Props> | undefined, ask: () => void] {
  const [part, setPart] = useState<{ readonly is: ComponentType<Props> }>();
  const ask = () => {
    load().then(
      (is) => setPart((now) => now ?? { is }),
      () => undefined,
    );
  };
  return [part?.is, ask];
}
