/** A text without control characters, except tabs and ends of lines, and without halves of surrogate pairs: no format needs them. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(/[[\p{Cc}\uFFFE\uFFFF]--[\t\n\r]]/gv, '');
}
