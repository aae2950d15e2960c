/** What is filled in for a `{{name}}` of a template. */
export type Filling = string | number | readonly string[];

export type Fillings = Readonly<Record<string, Filling>>;

type NamesIn<Template extends string> = Template extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What a template needs to become a sentence. */
export type FillingsOf<Template extends string> = { readonly [Name in NamesIn<Template>]: Filling };

/** The English sentence of a template. Whoever says it in another language fills the same into another template. */
export const fillIn = (template: string, fillings: Fillings): string =>
  template.replaceAll(/{{(\w+)}}/g, (_, name: string) => textOf(fillings[name] ?? ''));

const textOf = (filling: Filling): string =>
  typeof filling === 'string' || typeof filling === 'number' ? String(filling) : filling.join(', ');
