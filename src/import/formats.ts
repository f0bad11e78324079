import type { ImportFormat } from './format.ts';
import { ucdp } from './formats/ucdp.ts';

/** The formats of event data that can be imported, by their name on the command line. */
export const formats = { ucdp } satisfies Record<string, ImportFormat>;
