import { iso31661, iso31661Alpha3ToAlpha2, iso31661Reserved } from 'iso-3166';
import { closest, fold } from './spelling.ts';

const codes = new Set(iso31661.map(({ alpha2 }) => alpha2));
/** Codes that ISO 3166-1 gives to its users to assign, such as XK for Kosovo. */
const USER_ASSIGNED = /^(AA|Q[M-Z]|X[A-Z]|ZZ)$/;

/** Whether a text is a code of ISO 3166-1 alpha-2: one of a country, or one that users may assign. */
export function isCountryCode(text: string): boolean {
  return codes.has(text) || USER_ASSIGNED.test(text);
}

const english = new Intl.DisplayNames('en', { type: 'region' });
/** Every name of each country: of ISO 3166-1, and the usual one in English. */
const codeOf = new Map(
  iso31661.flatMap(({ alpha2, name }) => [
    [fold(name), alpha2] as const,
    [fold(english.of(alpha2) ?? name), alpha2] as const,
  ]),
);

/** The code that was probably meant by a text that is none: of lower case, of alpha-3, of a name, or another code in use (UK). */
export function suggestCountry(text: string): string | undefined {
  const upper = text.trim().toUpperCase();
  if (isCountryCode(upper)) return upper;
  const alpha3 = iso31661Alpha3ToAlpha2[upper];
  if (alpha3 !== undefined) return alpha3;
  const reserved = iso31661Reserved.find(({ alpha2 }) => alpha2 === upper);
  const name = reserved === undefined ? fold(text) : fold(reserved.name);
  const known = codeOf.get(name) ?? codeOf.get(closest(name, [...codeOf.keys()]) ?? '');
  return known;
}
