import { Button, Link as FluentLink } from '@fluentui/react-components';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react';

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

interface ButtonProps extends AnchorProps {
  readonly appearance?: 'primary' | 'secondary' | 'subtle';
  readonly icon?: ReactElement;
}

interface LinkProps extends AnchorProps {
  readonly appearance?: 'default' | 'subtle';
}

const AnchorButton = ({ ref, ...props }: ButtonProps) => <Button as="a" ref={ref} {...props} />;
const AnchorText = ({ ref, ...props }: LinkProps) => <FluentLink as="a" ref={ref} {...props} />;

/** A link to a page of the portal that looks like a button. */
export const LinkButton = createLink(AnchorButton);

/** A link to a page of the portal. */
export const PageLink = createLink(AnchorText);
