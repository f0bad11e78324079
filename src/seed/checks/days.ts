import type { Citation, Dataset, PassageCitation } from '../files/dataset.ts';
import type { Mistake, Path } from '../files/mistakes.ts';

// Whether the days that records have are in the words cited for them.

/** A single day without `~`. */
const EXACT_DAY = /^\d{4}-\d{2}-(\d{2})$/;
/** Words that give a day without its number. */
const RELATIVE_DAY = /\b(?:today|yesterday|tomorrow|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b/i;

/**
 * Exact days of events, statements and positions of which none of the passages cited for them has the number. A source may also be
 * of that very day. `texts` has the text of each source by its id.
 */
export function daysNotCited(data: Dataset, texts: ReadonlyMap<string, string>): Mistake[] {
  const published = new Map(data.records.source.map((source) => [source.id, source.published]));
  const points = new Map([...texts].map(([id, text]) => [id, Array.from(text)]));
  const passageOf = ({ source, start, end }: PassageCitation): string =>
    points.get(source)?.slice(start, end).join('') ?? '';
  const check = (record: object, path: Path, date: string, citations: readonly Citation[]): Mistake[] => {
    const day = EXACT_DAY.exec(date)?.[1];
    if (day === undefined) return [];
    const number = new RegExp(`(?<!\\d)0?${Number(day)}(?!\\d)`);
    const isGiven = citations.some((citation) => {
      if (citation.document || published.get(citation.source) === date) return true;
      const passage = passageOf(citation);
      return number.test(passage) || RELATIVE_DAY.test(passage);
    });
    if (isGiven) return [];
    return [
      {
        ...data.locate(record, path),
        message: `no passage cited for it gives the day ${date}: cite the words that do, or write "${date}~"`,
      },
    ];
  };
  return [
    ...data.records.event.flatMap((event) => check(event, ['date'], event.date, event.citations)),
    ...data.records.statement.flatMap((statement) =>
      check(statement, ['said'], statement.said, statement.citations),
    ),
    ...data.records.claim.flatMap((claim) =>
      claim.positions.flatMap(({ since, citations }, index) =>
        check(claim, ['positions', index, 'since'], since, citations),
      ),
    ),
  ];
}
