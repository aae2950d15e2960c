// fires typescript(no-invalid-void-type)
export type Answer = string | void;
