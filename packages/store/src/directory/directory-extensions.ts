/** `extension_<id of an application without hyphens>_<name>`, in any case. */
const pattern = /^extension_[0-9a-f]{32}_\w+$/i;

export const isDirectoryExtension = (name: string): boolean => pattern.test(name);
