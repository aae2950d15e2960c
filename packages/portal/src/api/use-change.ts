import type { Client } from '@allot/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSession } from '../session/use-session.ts';
import { readAgain } from './read-again.ts';

/** Something that the person changes. When it is done, or was refused, what is on the screen is read again. */
export function useChange<Input = void, Answer = unknown>(change: (client: Client, input: Input) => Promise<Answer>) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => change(client, input),
    onSettled: () => void readAgain(queries),
  });
}
