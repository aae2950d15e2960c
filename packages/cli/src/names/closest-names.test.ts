import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closestNames, didYouMean } from './closest-names.ts';

const names = ['ENTERPRISEPACK', 'ENTERPRISEPREMIUM', 'STANDARDPACK', 'EMS', 'Office 365 E3', 'Office 365 E1'];

test('a name with typing errors is recognized', () => {
  assert.equal(closestNames('ENTERPISEPACK', names)[0], 'ENTERPRISEPACK');
  assert.equal(closestNames('STADNARDPACK', names)[0], 'STANDARDPACK');
});

test('a name is recognized by its words, in any order', () => {
  assert.deepEqual(closestNames('e3 office', names), ['Office 365 E3']);
});

test('nothing is proposed that is quite different', () => {
  assert.deepEqual(closestNames('VISIOCLIENT', names), []);
  assert.equal(didYouMean('VISIOCLIENT', names), '');
});

test('at most three names are proposed', () => {
  assert.equal(
    didYouMean('office', ['Office A', 'Office B', 'Office C', 'Office D']),
    "Did you mean 'Office A' or 'Office B' or 'Office C'?",
  );
});
