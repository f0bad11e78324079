// edtf ships no types; these are the parts used here (edtf 4.11, README).
declare module 'edtf' {
  /** The abstract syntax of an EDTF string; throws on what the grammar refuses. */
  export function parse(
    text: string,
    constraints?: { level?: 0 | 1 | 2; types?: string[] },
  ): { type: string };
  /** The value of an EDTF string: bounds as UTC milliseconds, ±Infinity or null where open. */
  export default function edtf(text: string): { min: number | null; max: number | null };
}
