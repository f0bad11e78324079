import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { iso31661Alpha3ToAlpha2 } from 'iso-3166';
import { z } from 'zod';
import type { Actor } from '../../seed/files/dataset.ts';
import { countryOf, slugOf, stateActor } from '../countries.ts';
import type { Row } from '../format.ts';
import { idOfName } from '../names.ts';

// The actors of GDELT: codes of CAMEO for countries, kinds of body and groups, and the names by which texts call them.

/** The table `fips.csv`: the country (ISO 3166-1 alpha-2) of each code of FIPS 10-4, by which GDELT names the countries of places. */
const FIPS = new Map(
  z
    .array(z.strictObject({ fips: z.string().length(2), iso: z.string().length(2) }))
    .parse(parse(readFileSync(new URL('./fips.csv', import.meta.url)), { columns: true }))
    .map(({ fips, iso }) => [fips, iso]),
);

/** The country (ISO 3166-1 alpha-2) of a code of FIPS 10-4; undefined for what is none, such as `OS`, the oceans. */
export function countryOfFips(code: string): string | undefined {
  return FIPS.get(code);
}

/** Codes that CAMEO has for countries beside ISO 3166-1 alpha-3. */
const OTHER_COUNTRIES: Readonly<Record<string, string>> = {
  GZS: 'PS',
  IMY: 'IM',
  MTN: 'ME',
  ROM: 'RO',
  TMP: 'TL',
  WSB: 'PS',
};

/** What CAMEO has in place of a country. */
const REGIONS: Readonly<Record<string, string>> = {
  AFR: 'Africa',
  ANT: 'Netherlands Antilles',
  ASA: 'Asia',
  BAG: 'Baghdad',
  BLK: 'Balkans',
  CAS: 'Central Asia',
  CAU: 'Caucasus',
  CEU: 'Central Europe',
  CFR: 'Central Africa',
  CRB: 'Caribbean',
  EAF: 'Eastern Africa',
  EEU: 'Eastern Europe',
  EIN: 'East Indies',
  EUR: 'Europe',
  LAM: 'Latin America',
  MDT: 'Mediterranean',
  MEA: 'Middle East',
  NAF: 'North Africa',
  NMR: 'North America',
  PGS: 'Persian Gulf',
  SAF: 'Southern Africa',
  SAM: 'South America',
  SAS: 'South Asia',
  SCN: 'Scandinavia',
  SEA: 'Southeast Asia',
  WAF: 'West Africa',
  WST: 'The West',
};

/** What CAMEO calls the kinds of actors. */
const TYPES: Readonly<Record<string, string>> = {
  AGR: 'Agriculture',
  BUS: 'Business',
  COP: 'Police forces',
  CRM: 'Criminals',
  CVL: 'Civilians',
  DEV: 'Development',
  EDU: 'Education',
  ELI: 'Elites',
  ENV: 'Environment',
  GOV: 'Government',
  HLH: 'Health',
  HRI: 'Human rights',
  IGO: 'Intergovernmental organization',
  IMG: 'International militarized group',
  INS: 'Insurgents',
  INT: 'International actor',
  JUD: 'Judiciary',
  LAB: 'Labor',
  LEG: 'Legislature',
  MED: 'Media',
  MIL: 'Military',
  MNC: 'Multinational corporation',
  MOD: 'Moderates',
  NGM: 'Non-governmental movement',
  NGO: 'Non-governmental organization',
  OPP: 'Political opposition',
  PKO: 'Peacekeepers',
  RAD: 'Radicals',
  REB: 'Rebels',
  REF: 'Refugees',
  SEP: 'Separatist rebels',
  SET: 'Settlers',
  SPY: 'State intelligence',
  UAF: 'Unaligned armed forces',
  UIS: 'Unidentified state actors',
};

/** One side of a row. */
export interface GdeltActor {
  id: string;
  /** How the row calls it. */
  name: string;
  /** The actor after those above it. */
  actors: Actor[];
  unmapped: string[];
}

/**
 * The actor that a row has in the columns of `side`; undefined where it has none. Beneath a state are its kinds of body (`USAGOV`), and
 * beneath those what texts name (`DONALD TRUMP`). A country by whatever name, such as that of its capital, is that state.
 */
export function gdeltActor(row: Row, side: 'Actor1' | 'Actor2'): GdeltActor | undefined {
  const value = (column: string): string => row[`${side}${column}`]?.trim() ?? '';
  const code = value('Code');
  if (code === '') return undefined;
  const country = value('CountryCode');
  const iso = OTHER_COUNTRIES[country] ?? iso31661Alpha3ToAlpha2[country];
  const state = iso === undefined ? undefined : stateActor(iso);
  const types = [value('Type1Code'), value('Type2Code'), value('Type3Code')].filter((type) => type !== '');
  const traits = [
    value('KnownGroupCode'),
    value('EthnicCode'),
    value('Religion1Code'),
    value('Religion2Code'),
  ].filter((trait) => trait !== '');
  const where = state?.name ?? REGIONS[country] ?? country;
  const unmapped = [
    ...(country === '' || state || REGIONS[country] !== undefined ? [] : [`country code ${country}`]),
    ...types.filter((type) => TYPES[type] === undefined).map((type) => `actor type ${type}`),
  ];
  const name = value('Name');
  if (state && types.length + traits.length === 0)
    return { id: state.id, name: name || state.name, actors: [state], unmapped };

  const what = [...types.map((type) => TYPES[type] ?? type), ...traits].join(', ');
  const coded = actorOf(
    `cameo-actor-${slugOf(code)}`,
    what === '' ? where || code : where === '' ? what : `${what} (${where})`,
    `The CAMEO code ${code}.`,
    state?.id,
  );
  const above = state ? [state, coded] : [coded];
  // Named by its country alone, it is no more than its code says.
  if (name === '' || (iso !== undefined && countryOf(name) === iso) || name === where.toUpperCase())
    return { id: coded.id, name: name || coded.name, actors: above, unmapped };
  const named = actorOf(
    idOfName(`gdelt-${slugOf(code)}`, name, false),
    name,
    `${name} as GDELT names an actor of the CAMEO code ${code}.`,
    coded.id,
  );
  return { id: named.id, name, actors: [...above, named], unmapped };
}

function actorOf(id: string, name: string, description: string, parent: string | undefined): Actor {
  return {
    id,
    name,
    // GDELT does not say whether a name is that of a person, a body or a group.
    kind: 'unspecified',
    description,
    ...(parent !== undefined && { parent }),
    aliases: [],
    affiliations: [],
  };
}
