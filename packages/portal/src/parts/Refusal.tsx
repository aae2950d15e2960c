import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ProblemText } from './ProblemText.tsx';

/** Why the server did not do what the person asked for; nothing while there is no error. */
export const Refusal = ({ error }: { readonly error: Error | null | undefined }) =>
  error ? (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <ProblemText error={error} />
      </MessageBarBody>
    </MessageBar>
  ) : null;
