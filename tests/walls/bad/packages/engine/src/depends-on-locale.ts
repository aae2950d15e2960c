// fires eslint(no-restricted-globals): The engine does not depend on the machine's locale data.
export const compare = Intl.Collator.name;
