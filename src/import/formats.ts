import type { ImportFormat } from './format.ts';
import { acled } from './formats/acled.ts';
import { acledDeleted } from './formats/acledDeleted.ts';
import { gdelt } from './formats/gdelt.ts';
import { gdeltMentions } from './formats/gdeltMentions.ts';
import { icews } from './formats/icews.ts';
import { ucdp } from './formats/ucdp.ts';

/** The formats of event data that can be imported, by their name on the command line. */
export const formats = {
  ucdp,
  icews,
  gdelt,
  'gdelt-mentions': gdeltMentions,
  acled,
  'acled-deleted': acledDeleted,
} satisfies Record<string, ImportFormat>;
