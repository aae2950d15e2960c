import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryCode } from './country-code.ts';

test('a country is found by its code or its English name, however it is written', () => {
  const found: Record<string, string[]> = {
    CH: ['CH', 'ch', ' Ch ', 'Switzerland', 'SWITZERLAND'],
    GB: ['GB', 'UK', 'United Kingdom', 'the united kingdom', 'Great Britain', 'Scotland'],
    US: ['US', 'USA', 'U.S.A.', 'United States', 'United States of America', 'The United States'],
    CI: ["Cote d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast'],
    KR: ['South Korea', 'Korea, Republic of', 'Korea (South)', 'Republic of Korea'],
    CZ: ['Czechia', 'Czech Republic'],
    TR: ['Türkiye', 'Turkey', 'TURKIYE'],
    HK: ['Hong Kong', 'Hong Kong SAR', 'Hong Kong SAR China'],
    LC: ['St. Lucia', 'Saint Lucia'],
    BA: ['Bosnia & Herzegovina', 'Bosnia and Herzegovina'],
    MK: ['North Macedonia', 'Macedonia, FYRO'],
    CD: ['Democratic Republic of the Congo', 'Congo - Kinshasa', 'Congo (DRC)'],
    CG: ['Congo', 'Congo - Brazzaville'],
    XK: ['Kosovo'],
    DE: ['Germany'],
    CN: ['China', "People's Republic of China"],
  };
  for (const [code, names] of Object.entries(found)) {
    for (const name of names) assert.equal(countryCode(name), code, name);
  }
});

test('what is no country is none, also codes that were never given', () => {
  for (const text of ['', 'ZZ', 'XX', 'EU', 'C', 'CHE', 'Switzerlnd', 'Europe', '41', '瑞士'])
    assert.equal(countryCode(text), null, text);
});

test('every country can be written by the English name that the runtime gives it', () => {
  const english = new Intl.DisplayNames(['en'], { type: 'region' });
  let countries = 0;
  for (let first = 65; first <= 90; first += 1) {
    for (let second = 65; second <= 90; second += 1) {
      const code = countryCode(String.fromCharCode(first, second));
      if (code === null || code !== String.fromCharCode(first, second)) continue;
      countries += 1;
      assert.equal(countryCode(english.of(code) ?? ''), code);
    }
  }
  assert.equal(countries, 250);
});
