import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { remembered } from '../../domain/remembered.ts';
import { type EventMode, type EventType, eventTypes, modes, words } from '../../domain/vocabularies.ts';
import type { Topic } from '../../seed/files/dataset.ts';

/** A code of CAMEO (Conflict and Mediation Event Observations), and what it is in PLOVER. */
export interface CameoCode {
  code: string;
  name: string;
  /** Goldstein's score, from -10 (conflict) to 10 (cooperation). */
  goldstein: number;
  /** PLOVER's type and mode; undefined where PLOVER has none, as for public statements. */
  type: EventType | undefined;
  mode: EventMode | undefined;
}

const omitted = z.literal('').transform(() => undefined);

/** The table `cameo.csv`: all codes with their names, Goldstein scores, and the PLOVER type and mode that each becomes. */
const CODES: ReadonlyMap<string, CameoCode> = new Map(
  z
    .array(
      z.strictObject({
        code: z.string().regex(/^\d{2,4}$/),
        name: z.string().min(1),
        goldstein: z.string().transform(Number).pipe(z.number()),
        type: omitted.or(z.enum(words(eventTypes))),
        mode: omitted.or(z.enum(modes)),
      }),
    )
    .parse(parse(readFileSync(new URL('./cameo.csv', import.meta.url)), { columns: true }))
    .map((row) => [row.code, row]),
);

// Root codes come first, and have the names of others: those without a digit more mean the same.
const BY_NAME = new Map([...CODES.values()].map((row) => [row.name.toLowerCase(), row]));

/** All codes, in the order of the table. */
export const cameoCodes: readonly CameoCode[] = [...CODES.values()];

/** The code that is written so; undefined when there is none. */
export function cameoCode(code: string): CameoCode | undefined {
  return CODES.get(code);
}

/** The code that has a name, in any case; undefined when there is none. Of two with one name, the one that is no root. */
export function cameoNamed(name: string): CameoCode | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** A code as a topic, after the codes above it. */
export function cameoTopics({ code }: CameoCode): readonly Topic[] {
  return topicsOf(code);
}

const topicsOf = remembered((text): readonly Topic[] => {
  const cameo = CODES.get(text);
  if (!cameo) return [];
  const { code, name, goldstein } = cameo;
  const above = code.length > 2 ? CODES.get(code.slice(0, -1)) : undefined;
  const topic: Topic = {
    id: `cameo-${code}`,
    label: name,
    description: `CAMEO code ${code}, with the Goldstein score ${goldstein}.`,
    ...(above && { broader: `cameo-${above.code}` }),
  };
  return [...(above ? cameoTopics(above) : []), topic];
});
