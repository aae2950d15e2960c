/**
 * What a column name is compared by: letters and digits in lower case, so that "Country/Region", "country region" and
 * "CountryRegion" are one column. The templates of the Entra admin center write the property in brackets
 * ("User name [userPrincipalName] Required"): then it is that property.
 */
export function columnKey(name: string): string {
  const property = /\[(\w+)\]/.exec(name)?.[1];
  return (property ?? name)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
